import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ServerProcess, type ServerProcessOptions } from "../../../sandbox/aws/server-process";
import { temporaryDirectory } from "../../support/temporary-directory";

/** Starts a JavaScript program as a server. */
function serve(program: string, options: Partial<ServerProcessOptions> = {}): ServerProcess {
  const log = join(temporaryDirectory(), "log");
  return new ServerProcess(process.execPath, ["-e", program], { log, env: {}, ...options });
}

const READY = `console.log(JSON.stringify({ ready: true, url: "http://server" }));`;
const STAY = `setInterval(() => {}, 1_000_000);`;

describe("ready", () => {
  test("gives the address that the server prints", async () => {
    const server = serve(READY + STAY);

    expect(await server.ready()).toBe("http://server");
    await server.stop();
  });

  test("fails with the log's lines of this server when it ends", async () => {
    const log = join(temporaryDirectory(), "log");
    writeFileSync(log, "from an earlier server\n");
    const server = serve(`console.error("a reason"); process.exit(3)`, { log });

    await expect(server.ready()).rejects.toThrow(new Error("it ended with exit code 3\na reason"));
    expect(readFileSync(log, "utf8")).toBe("from an earlier server\na reason\n");
  });

  test("fails when it stays silent", async () => {
    const server = serve(STAY, { startTimeout: 200 });

    await expect(server.ready()).rejects.toThrow("it did not listen within 0.2 s");
    await server.stop();
  });

  test("fails when it prints something else", async () => {
    const server = serve(`console.log("hello");${STAY}`);

    await expect(server.ready()).rejects.toThrow(`it printed "hello" in the place of its address`);
    await server.stop();
  });
});

describe("the server's process", () => {
  test("has a process group of its own, which a Ctrl-C does not reach", async () => {
    const group = `require("child_process").execSync("ps -o pgid= -p " + process.pid).toString().trim()`;
    const server = serve(
      `console.log(JSON.stringify({ url: [process.pid, ${group}].join(" ") }));${STAY}`,
      { env: process.env },
    );

    const [pid, pgid] = (await server.ready()).split(" ");

    expect(pgid).toBe(pid);
    await server.stop();
  });

  test("has no variable that could lead to an AWS account", async () => {
    const names = `Object.keys(process.env).sort().join(" ")`;
    const server = serve(`console.log(JSON.stringify({ url: ${names} }));${STAY}`, {
      env: {
        PATH: "/bin",
        LC_ALL: "C",
        LAKEHOUSE_SANDBOX_RUN: "nonce",
        AWS_PROFILE: "production",
        AWS_SECRET_ACCESS_KEY: "key",
        HTTPS_PROXY: "http://proxy",
        PYTHONPATH: "/elsewhere",
        HOME: "/home/person",
      },
    });

    expect(await server.ready()).toBe(
      "AWS_CONFIG_FILE AWS_EC2_METADATA_DISABLED AWS_SHARED_CREDENTIALS_FILE LAKEHOUSE_SANDBOX_RUN LC_ALL PATH",
    );
    await server.stop();
  });
});

describe("stop", () => {
  test("waits for a server that cleans up", async () => {
    const done = join(temporaryDirectory(), "done");
    const write = `require("fs").writeFileSync(${JSON.stringify(done)}, "clean")`;
    const server = serve(
      `process.on("SIGTERM", () => setTimeout(() => { ${write}; process.exit() }, 100));${READY}${STAY}`,
    );
    await server.ready();

    await server.stop();

    expect(readFileSync(done, "utf8")).toBe("clean");
  });

  test("kills a server that does not end", async () => {
    const server = serve(
      `process.on("SIGTERM", () => {});console.log(JSON.stringify({ url: String(process.pid) }));${STAY}`,
      { stopTimeout: 200 },
    );
    const pid = Number(await server.ready());

    await server.stop();

    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
