import { join } from "node:path";

import { startMoto } from "./aws/moto";
import { UserError } from "../delivery/user-error";
import { unansweredCalls } from "./aws/moto-api";
import type { RunDirectory } from "./directories";
import type { ServiceUrls } from "./run-record";
import { startWorld } from "./world-process";

/** The sandbox's clouds, started. */
export interface Services extends ServiceUrls {
  /** Ends them and waits until they are gone. */
  stop(): Promise<void>;
}

/** What the clouds' made-up ids are derived from: the same in all runs, so that two runs give the same plans. */
const SEED = "streaming-lakehouse";

/**
 * Starts the world and moto. They end with the calling process, whatever becomes of it.
 * @throws UserError when one of them does not start; then neither runs
 */
export async function startServices(
  run: RunDirectory,
  nonce: string,
  python: string,
): Promise<Services> {
  const world = await startWorld(run, nonce, SEED);
  try {
    const moto = await startMoto({ python, nonce, seed: SEED, log: join(run.logs, "moto.log") });
    return {
      worldUrl: world.client.url,
      awsUrl: moto.url,
      stop: async () => {
        await Promise.all([world.stop(), moto.stop()]);
      },
    };
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/**
 * Makes sure that moto could answer every call: a provider may take a failed one for an absent object.
 * @throws UserError that lists the calls it could not answer
 */
export async function refuseUnansweredCalls({ awsUrl }: ServiceUrls): Promise<void> {
  const calls = await unansweredCalls(awsUrl);
  if (calls.length === 0) return;
  const lines = calls.map(({ operation, error }) => `  ${operation}: ${error}`);
  throw new UserError(["moto could not answer these calls:", ...lines].join("\n"));
}
