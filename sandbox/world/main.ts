import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { GatewayServer } from "./confluent/flink-gateway/gateway-server";
import { Journal } from "./journal";
import { WorldServer } from "./server";
import { SnapshotFile } from "./snapshot-file";
import { World } from "./world";

const USAGE =
  "usage: world --nonce <text> --seed <text> --journal <file> [--port <number>] [--state <file>] [--flink-ca <file>] [--flink-port <number>]";

/** Runs until SIGTERM, SIGINT, or the end of standard input, which comes when whoever started it is gone. */
async function main(): Promise<void> {
  const { port, nonce, seed, journal: journalFile, state, flinkCa, flinkPort } = options();
  const journal = new Journal(journalFile);
  const snapshotFile = state === undefined ? undefined : new SnapshotFile(state);
  const world = new World({ seed, journal, snapshotFile });
  const gateway = await GatewayServer.start(world.flink, flinkPort);
  const caFile = resolve(flinkCa ?? `${journalFile}.flink-ca.pem`);
  writeFileSync(caFile, gateway.certificate);
  const flink = { url: gateway.url, caFile };
  const server = new WorldServer({ world, journal, nonce, port, flink });
  const url = await server.listen();

  let stopping = false;
  const stop = (): void => {
    if (!stopping) {
      stopping = true;
      Promise.all([server.close(), gateway.close()]).then(() => process.exit(0), fail);
    }
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdin.once("end", stop).resume();

  process.stdout.write(`${JSON.stringify({ ready: true, url, flinkUrl: gateway.url })}\n`);
}

function options(): {
  port: number;
  nonce: string;
  seed: string;
  journal: string;
  state?: string;
  flinkCa?: string;
  flinkPort: number;
} {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      port: { ...text, default: "0" },
      nonce: text,
      seed: text,
      journal: text,
      state: text,
      "flink-ca": text,
      "flink-port": { ...text, default: "0" },
    },
  });
  const { nonce, seed, journal, state, "flink-ca": flinkCa } = values;
  if (nonce === undefined || seed === undefined || journal === undefined) {
    throw new Error(`--nonce, --seed and --journal are required; ${USAGE}`);
  }
  const port = portOf("port", values.port);
  const flinkPort = portOf("flink-port", values["flink-port"]);
  return { port, nonce, seed, journal, state, flinkCa, flinkPort };
}

function portOf(option: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--${option} must be a number from 0 to 65535, got ${value}; ${USAGE}`);
  }
  return port;
}

function fail(error: unknown): void {
  process.stderr.write(`world: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
