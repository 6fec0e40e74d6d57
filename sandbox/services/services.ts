import { Interrupted, messageOf, UserError } from "../../delivery/user-error";
import { confirmIdentity, startMoto } from "../aws/moto";
import { unansweredCalls } from "../aws/moto-api";
import type { RunDirectory } from "../run/directories";
import type { ServiceUrls } from "../run/run-record";
import { RUN_VARIABLE } from "../terraform/terraform-environment";
import { startWorld } from "./world-process";

/** The sandbox's clouds, started. */
export interface Services extends ServiceUrls {
  /** Ends them and waits until they are gone. */
  stop(): Promise<void>;
}

/** What stands in for the packages of a container image. */
export interface ImagePackages {
  /** The python of an environment with the packages that the image installs. */
  readonly python: string;
  readonly javaHome: string;
}

/** What the clouds' made-up ids are derived from: the same in all runs, so that two runs give the same plans. */
const SEED = "streaming-lakehouse";

/**
 * Starts the world, and moto with the functions in it, which find Flink in that world. They end with the calling process,
 * whatever becomes of it.
 *
 * @param python the python that `ensureMotoEnvironment` returns
 * @param packages of images; @default - functions that are images cannot run
 * @throws UserError when one of them does not start; then neither runs
 */
export async function startServices(
  run: RunDirectory,
  nonce: string,
  python: string,
  packages?: ImagePackages,
): Promise<Services> {
  const world = await startWorld(run, nonce, SEED);
  try {
    const flink = await world.client.flink();
    const moto = await startMoto({
      python,
      nonce,
      seed: SEED,
      log: run.motoLog,
      functions: {
        directory: run.functions,
        environment: { FLINK_REST_ENDPOINT: flink.url, SSL_CERT_FILE: flink.caFile },
        ...(packages && {
          images: {
            directory: run.images,
            python: packages.python,
            environment: { JAVA_HOME: packages.javaHome },
          },
        }),
      },
      env: { ...process.env, [RUN_VARIABLE]: nonce },
    });
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

/** Whose clouds are meant. */
export interface RunServices {
  readonly run: RunDirectory;
  readonly nonce: string;
  readonly services: ServiceUrls;
}

/** The clouds that do not answer any more, one line each, with where to look for the reason. */
export async function silentServices({
  run,
  nonce,
  services,
}: RunServices): Promise<readonly string[]> {
  const lineFor = async (name: string, url: string, log: string): Promise<string[]> => {
    try {
      await confirmIdentity(url, nonce);
      return [];
    } catch (error) {
      return [`${name} has died in the middle of the work: ${messageOf(error)}\nits log: ${log}`];
    }
  };
  const lines = await Promise.all([
    lineFor("the sandbox world", services.worldUrl, run.worldLog),
    lineFor("moto", services.awsUrl, run.motoLog),
  ]);
  return lines.flat();
}

/** What went wrong, led by the clouds that have died: what then fails in Terraform is only the consequence. */
export async function explainFailure(error: unknown, services: RunServices): Promise<unknown> {
  if (error instanceof Interrupted) return error;
  const silent = await silentServices(services);
  if (silent.length === 0) return error;
  return new UserError([...silent, messageOf(error)].join("\n"), { cause: error });
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
