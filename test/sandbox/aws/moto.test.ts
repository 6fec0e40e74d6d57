import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { awsInventory } from "../../../sandbox/aws/inventory";
import { confirmIdentity, type Moto, startMoto } from "../../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../../sandbox/aws/moto-environment";
import { ISOLATED, pythonFile } from "../../../sandbox/aws/python-files";
import { SandboxDirectory } from "../../../sandbox/run/directories";
import { temporaryDirectory } from "../../support/temporary-directory";
import { callAws } from "./call-aws";

const region = "us-east-1";

const newLog = (): string => join(temporaryDirectory(), "moto.log");
/** The first server's. */
const log = newLog();

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(60_000);

let python: string;
/** Three servers for all tests that do not stop theirs: two with the same seed, and one with another. */
let moto: Moto;
let twin: Moto;
let stranger: Moto;

// The environment is the sandbox's own: the first run on a machine fills it from the package registry.
beforeAll(async () => {
  python = await ensureMotoEnvironment(new SandboxDirectory().python);
  [moto, twin, stranger] = await Promise.all([
    startMoto({ python, nonce: "first", seed: "seed", log }),
    startMoto({ python, nonce: "second", seed: "seed", log: newLog() }),
    startMoto({ python, nonce: "third", seed: "another seed", log: newLog() }),
  ]);
}, 300_000);

afterAll(() => Promise.all([moto, twin, stranger].map((server) => server.stop())));

/** A web server that is no moto, for the time of `use`. */
async function withOtherProgram(use: (port: number) => Promise<void>): Promise<void> {
  const program = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
  await once(program, "listening");
  try {
    await use((program.address() as AddressInfo).port);
  } finally {
    program.close();
  }
}

describe("a server that runs", () => {
  test("counts its calls and logs them without what they contain", async () => {
    const before = await moto.calls();
    const parameter = { Name: "/logged", Value: "hidden-value", Type: "String" };

    await callAws(moto.url, "ssm", "PutParameter", parameter);

    expect(await moto.calls()).toBe(before + 1);
    const written = readFileSync(log, "utf8");
    expect(written).toContain("AmazonSSM.PutParameter 200 OK\n");
    expect(written).not.toContain("hidden-value");
  });

  test("answers what moto cannot do with 501, which no SDK retries, and reports it", async () => {
    const answer = await callAws(stranger.url, "ssm", "ListNodes");
    const query = await fetch(stranger.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Authorization: "AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/sts/aws4_request",
      },
      body: "Action=GetDelegatedAccessToken&Version=2011-06-15",
    });

    const reason = "NotImplementedError: The list_nodes action has not been implemented";
    expect(answer.status).toBe(501);
    expect(answer.members).toEqual({
      __type: "SandboxUnsupported",
      message: `the sandbox's moto cannot answer AmazonSSM.ListNodes: ${reason}`,
    });
    expect(query.status).toBe(501);
    expect(await query.text()).toBe(
      "<ErrorResponse><Error><Code>SandboxUnsupported</Code><Message>the sandbox's moto cannot answer POST /: " +
        "NotImplementedError: The get_delegated_access_token action has not been implemented</Message></Error></ErrorResponse>",
    );
    expect(await stranger.errors()).toEqual([
      { operation: "AmazonSSM.ListNodes", error: reason },
      {
        operation: "POST /",
        error:
          "NotImplementedError: The get_delegated_access_token action has not been implemented",
      },
    ]);
    expect(await moto.errors()).toEqual([]);
  });
});

describe("ids that AWS makes up", () => {
  /** Creates secrets and their first versions, and tells the ids. */
  async function idsOf(server: Moto, names: readonly string[]): Promise<Record<string, unknown>> {
    const ids: Record<string, unknown> = {};
    for (const name of names) {
      const created = await callAws(server.url, "secretsmanager", "CreateSecret", { Name: name });
      const put = { SecretId: created.members["ARN"], SecretString: "x" };
      const version = await callAws(server.url, "secretsmanager", "PutSecretValue", {
        ...put,
        ClientRequestToken: randomUUID(),
      });
      ids[name] = [created.members["ARN"], version.members["VersionId"]];
    }
    return ids;
  }

  test("depend on the seed and the name, not on the order of requests or on the caller's token", async () => {
    const ids = await idsOf(moto, ["ids/a", "ids/b"]);

    expect(await idsOf(twin, ["ids/b", "ids/a"])).toEqual(ids);
    expect(await idsOf(stranger, ["ids/a", "ids/b"])).not.toEqual(ids);
    expect(ids["ids/a"]).toEqual([
      expect.stringMatching(
        /^arn:aws:secretsmanager:us-east-1:123456789012:secret:ids\/a-[A-Za-z]{6}$/,
      ),
      expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    ]);
  });

  test("a secret that is made again is another one, and so is each of its versions", async () => {
    const SecretId = "again";
    const deletion = { SecretId, ForceDeleteWithoutRecovery: true };
    const first = await idsOf(moto, [SecretId]);
    await callAws(moto.url, "secretsmanager", "DeleteSecret", deletion);
    const second = await idsOf(moto, [SecretId]);

    const ids = [first[SecretId], second[SecretId]].flat();
    expect(new Set(ids).size).toBe(4);
    await idsOf(twin, [SecretId]);
    await callAws(twin.url, "secretsmanager", "DeleteSecret", deletion);
    expect(await idsOf(twin, [SecretId])).toEqual(second);
  });

  test("a version that is sent again, with the same token, is the same version", async () => {
    await callAws(moto.url, "secretsmanager", "CreateSecret", { Name: "retried" });
    const put = { SecretId: "retried", SecretString: "x", ClientRequestToken: randomUUID() };

    const first = await callAws(moto.url, "secretsmanager", "PutSecretValue", put);
    const again = await callAws(moto.url, "secretsmanager", "PutSecretValue", put);
    const next = await callAws(moto.url, "secretsmanager", "PutSecretValue", {
      ...put,
      ClientRequestToken: randomUUID(),
    });

    expect(again.members).toEqual(first.members);
    expect(next.members["VersionId"]).not.toBe(first.members["VersionId"]);
  });
});

describe("awsInventory", () => {
  test("lists what exists, and among it what still can be restored", async () => {
    const { url } = twin;
    const before = await awsInventory({ python, url, region });
    await callAws(url, "ssm", "PutParameter", { Name: "/left", Value: "x", Type: "String" });
    await callAws(url, "logs", "CreateLogGroup", { logGroupName: "/left/over" });
    await callAws(url, "secretsmanager", "CreateSecret", { Name: "kept" });
    await callAws(url, "secretsmanager", "CreateSecret", { Name: "deleted" });
    const deletion = { SecretId: "deleted", RecoveryWindowInDays: 7 };
    await callAws(url, "secretsmanager", "DeleteSecret", deletion);
    const keys = [await callAws(url, "kms", "CreateKey"), await callAws(url, "kms", "CreateKey")];
    const [kept, deleted] = keys.map(({ body }) => /"KeyId": ?"([^"]+)"/.exec(body)?.[1]);
    await callAws(url, "kms", "ScheduleKeyDeletion", { KeyId: deleted });

    const listed = await awsInventory({ python, url, region });

    expect(listed.filter((line) => !before.includes(line))).toEqual([
      `kms key ${String(kept)}`,
      "logs log group /left/over",
      "secretsmanager secret kept",
      "secretsmanager secret scheduled for deletion deleted",
      "ssm parameter /left",
    ]);
    expect(await twin.errors()).toEqual([]);
  });

  test("fails when it cannot list everything", async () => {
    await withOtherProgram(async (port) => {
      const url = `http://127.0.0.1:${port}`;
      await expect(awsInventory({ python, url, region })).rejects.toThrow(/inventory\.py/);
    });
  });
});

describe("startMoto and stop", () => {
  test("a new server is empty, and a stopped one is gone", async () => {
    const server = await startMoto({ python, nonce: "short", seed: "seed", log: newLog() });

    expect(await awsInventory({ python, url: server.url, region })).toEqual([]);
    await server.stop();
    await server.stop();

    expect(() => process.kill(server.pid, 0)).toThrow("ESRCH");
    await expect(confirmIdentity(server.url, "short")).rejects.toThrow(
      `${server.url} is not answered by the server that was started, but by nobody`,
    );
  });

  test("a server whose starter is gone ends itself", async () => {
    const args = [
      ...ISOLATED,
      pythonFile("server.py"),
      "--port",
      "0",
      "--nonce",
      "n",
      "--seed",
      "s",
    ];
    const server = spawn(python, args, { stdio: ["pipe", "pipe", "inherit"] });
    await once(createInterface(server.stdout), "line");

    server.stdin.end();

    expect(await once(server, "exit")).toEqual([0, null]);
  });

  test("fails when another sandbox has the port", async () => {
    const port = Number(new URL(moto.url).port);

    await expect(
      startMoto({ python, port, nonce: "late", seed: "seed", log: newLog() }),
    ).rejects.toThrow(
      `moto could not be started: port ${port} belongs to the moto of another sandbox run (process ${moto.pid}): stop that run or choose another port. it ended with exit code 1\nAddress already in use`,
    );
    expect(await confirmIdentity(moto.url, "first")).toBe(moto.pid);
  });

  test("fails when another program has the port", async () => {
    await withOtherProgram(async (port) => {
      await expect(
        startMoto({ python, port, nonce: "n", seed: "seed", log: newLog() }),
      ).rejects.toThrow(
        `moto could not be started: port ${port} belongs to another program: choose another port.`,
      );
    });
  });

  test("fails when Python does not start", async () => {
    const broken = join(temporaryDirectory(), "no-python");

    await expect(
      startMoto({ python: broken, nonce: "n", seed: "seed", log: newLog() }),
    ).rejects.toThrow(`moto could not be started: spawn ${broken} ENOENT`);
  });
});

describe("confirmIdentity", () => {
  test("gives the process id of the server that knows the nonce", async () => {
    expect(await confirmIdentity(moto.url, "first")).toBe(moto.pid);
  });

  test("fails for the moto of another run", async () => {
    await expect(confirmIdentity(moto.url, "second")).rejects.toThrow(
      `${moto.url} is not answered by the server that was started, but by the moto of another sandbox run`,
    );
  });

  test("fails for another program", async () => {
    await withOtherProgram(async (port) => {
      await expect(confirmIdentity(`http://127.0.0.1:${port}`, "n")).rejects.toThrow(
        /but by another program$/,
      );
    });
  });
});
