import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { credentials } from "@grpc/grpc-js";
import { createOneTimeCertificate } from "../../../sandbox/tls/certificate";
import { vendors } from "../../../sandbox/provider/vendors";
import { compiledProgram } from "../../support/compiled-programs";
import {
  callPlugin,
  mutualTls,
  startPlugin,
  terraformEnvironment,
  type PluginProcess,
} from "./support/plugin-process";

const TIME_LIMIT_MS = 30_000;
const started: PluginProcess[] = [];

async function start(vendor: string, environment: NodeJS.ProcessEnv): Promise<PluginProcess> {
  const plugin = await startPlugin(vendor, environment);
  started.push(plugin);
  return plugin;
}

afterEach(async () => {
  for (const plugin of started.splice(0)) {
    plugin.child.kill("SIGKILL");
    await plugin.exited;
  }
});

describe("a plugin process", () => {
  it.each(vendors)(
    "of $name shakes hands for protocol $protocol and answers over mutual TLS",
    async ({ name, protocol }) => {
      const own = await createOneTimeCertificate();
      const environment = { ...terraformEnvironment, PLUGIN_CLIENT_CERT: own.certificate };
      const { handshake, output } = await start(name, environment);
      expect(handshake).toMatch(
        new RegExp(`^1\\|${protocol}\\|unix\\|/.+/socket\\|grpc\\|[A-Za-z0-9+/]{100,}$`),
      );

      const channel = mutualTls(handshake, own);
      await expect(
        callPlugin(handshake, channel, "health", "Check", { service: "plugin" }),
      ).resolves.toStrictEqual({ status: 1 });
      const schema = protocol === 5 ? "GetSchema" : "GetProviderSchema";
      const answer = await callPlugin(handshake, channel, "provider", schema);
      expect(answer).toMatchObject({ serverCapabilities: { getProviderSchemaOptional: true } });
      expect(output()).toBe(`${handshake}\n`);
    },
    TIME_LIMIT_MS,
  );

  it(
    "refuses who presents another certificate than Terraform's, or none",
    async () => {
      const own = await createOneTimeCertificate();
      const environment = { ...terraformEnvironment, PLUGIN_CLIENT_CERT: own.certificate };
      const { handshake } = await start("confluent", environment);
      const foreign = mutualTls(handshake, await createOneTimeCertificate());
      const check = (channel: typeof foreign): Promise<unknown> =>
        callPlugin(handshake, channel, "health", "Check");
      await expect(check(foreign)).rejects.toThrow(/UNAVAILABLE|DEADLINE_EXCEEDED/);
      await expect(check(credentials.createInsecure())).rejects.toThrow(/UNAVAILABLE/);
      await expect(check(mutualTls(handshake, own))).resolves.toStrictEqual({ status: 1 });
    },
    TIME_LIMIT_MS,
  );

  it(
    "works without TLS where Terraform asks for none, and does not know foreign calls",
    async () => {
      const { handshake } = await start("snowflake", terraformEnvironment);
      expect(handshake.split("|")).toHaveLength(5);
      const channel = credentials.createInsecure();
      await expect(callPlugin(handshake, channel, "health", "Check")).resolves.toStrictEqual({
        status: 1,
      });
      const [, , , address = ""] = handshake.split("|");
      const asProtocol5 = `1|5|unix|${address}|grpc`;
      await expect(callPlugin(asProtocol5, channel, "provider", "GetSchema")).rejects.toThrow(
        "UNIMPLEMENTED",
      );
    },
    TIME_LIMIT_MS,
  );

  it(
    "goes when it is told to and takes its socket with it",
    async () => {
      const { handshake, exited } = await start("confluent", terraformEnvironment);
      const [, , , socket = ""] = handshake.split("|");
      expect(existsSync(socket)).toBe(true);
      await callPlugin(handshake, credentials.createInsecure(), "controller", "Shutdown");
      await expect(exited).resolves.toBe(0);
      expect(existsSync(socket)).toBe(false);
    },
    TIME_LIMIT_MS,
  );

  it(
    "stays when a person presses Ctrl-C, for Terraform has to finish first",
    async () => {
      const { handshake, child } = await start("confluent", terraformEnvironment);
      child.kill("SIGINT");
      await expect(
        callPlugin(handshake, credentials.createInsecure(), "health", "Check"),
      ).resolves.toStrictEqual({ status: 1 });
    },
    TIME_LIMIT_MS,
  );

  it(
    "ends when Terraform is killed",
    async () => {
      const script =
        "const { spawn } = require('node:child_process');" +
        "const child = spawn(process.execPath, process.argv.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });" +
        "child.stdout.once('data', () => console.log(child.pid));" +
        "setInterval(() => {}, 1000);";
      const program = compiledProgram("sandbox/provider/main.js");
      const parent = spawn(process.execPath, ["-e", script, program, "confluent"], {
        env: terraformEnvironment,
        stdio: ["ignore", "pipe", "ignore"],
      });
      const pid = await new Promise<number>((resolve) => {
        parent.stdout.setEncoding("utf8").once("data", (text: string) => {
          resolve(Number(text));
        });
      });
      expect(isAlive(pid)).toBe(true);
      parent.kill("SIGKILL");
      await expect(ended(pid)).resolves.toBe(true);
    },
    TIME_LIMIT_MS,
  );
});

describe("a program that nobody should start by hand", () => {
  it.each([
    ["confluent", {}, "this program is a Terraform provider"],
    [
      "confluent",
      { ...terraformEnvironment, PLUGIN_PROTOCOL_VERSIONS: "6,7" },
      'Terraform offers plugin protocols "6,7", the provider speaks 5',
    ],
    [
      "aws",
      terraformEnvironment,
      'there is no stand-in for "aws", known vendors: confluent, snowflake',
    ],
  ])("fails as %s with %j", async (vendor, environment, message) => {
    await expect(start(vendor, environment)).rejects.toThrow(message);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for a process that is not a child of this one. */
async function ended(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100 && isAlive(pid); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return !isAlive(pid);
}
