import { parseArgs } from "node:util";

import { Journal } from "./journal";
import { WorldServer } from "./server";
import { SnapshotFile } from "./snapshot-file";
import { World } from "./world";

const USAGE =
  "usage: world --nonce <text> --seed <text> --journal <file> [--port <number>] [--state <file>]";

/** Runs until SIGTERM, SIGINT, or the end of standard input, which comes when whoever started it is gone. */
async function main(): Promise<void> {
  const { port, nonce, seed, journal: journalFile, state } = options();
  const journal = new Journal(journalFile);
  const snapshotFile = state === undefined ? undefined : new SnapshotFile(state);
  const world = new World({ seed, journal, snapshotFile });
  const server = new WorldServer({ world, journal, nonce, port });
  const url = await server.listen();

  let stopping = false;
  const stop = (): void => {
    if (!stopping) {
      stopping = true;
      server.close().then(() => process.exit(0), fail);
    }
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdin.once("end", stop).resume();

  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

function options(): {
  port: number;
  nonce: string;
  seed: string;
  journal: string;
  state?: string;
} {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      port: { ...text, default: "0" },
      nonce: text,
      seed: text,
      journal: text,
      state: text,
    },
  });
  const { nonce, seed, journal, state } = values;
  const port = Number(values.port);
  if (nonce === undefined || seed === undefined || journal === undefined) {
    throw new Error(`--nonce, --seed and --journal are required; ${USAGE}`);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, got ${values.port}; ${USAGE}`);
  }
  return { port, nonce, seed, journal, state };
}

function fail(error: unknown): void {
  process.stderr.write(`world: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
