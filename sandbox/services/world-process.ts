import { join } from "node:path";

import { messageOf, UserError } from "../../delivery/user-error";
import { confirmIdentity } from "../aws/moto";
import { ServerProcess } from "../aws/server-process";
import type { RunDirectory } from "../run/directories";
import { WorldClient } from "./world-client";

/** A world that runs. */
export interface World {
  readonly client: WorldClient;
  /** Ends it and waits until it is gone. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts the run's world on a free port of 127.0.0.1 and returns when it answers with the nonce.
 *
 * @param seed what the ids it makes up are derived from
 * @throws UserError with the end of its log when it does not start
 */
export async function startWorld(run: RunDirectory, nonce: string, seed: string): Promise<World> {
  const log = run.worldLog;
  const server = new ServerProcess(
    process.execPath,
    [
      join(__dirname, "..", "world", "main.js"),
      ...["--port", "0", "--nonce", nonce, "--seed", seed],
      ...["--journal", run.journal, "--state", run.world],
    ],
    { log, env: process.env },
  );
  try {
    const url = await server.ready();
    await confirmIdentity(url, nonce);
    return { client: new WorldClient(url), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw new UserError(
      `the sandbox world could not be started: ${messageOf(error)}\nlog: ${log}`,
      {
        cause: error,
      },
    );
  }
}
