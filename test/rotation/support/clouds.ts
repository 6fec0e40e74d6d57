import { join } from "node:path";

import { type Moto, startMoto } from "../../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../../sandbox/aws/moto-environment";
import { WORLD_VARIABLE } from "../../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../../sandbox/provider/confluent/vendor";
import { SandboxDirectory } from "../../../sandbox/run/directories";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import { World } from "../../../sandbox/world/world";
import { reattachedProvider } from "../../sandbox/provider/support/reattached-provider";
import { temporaryDirectory } from "../../support/temporary-directory";
import { runningAwsProvider } from "./aws-provider";

/** AWS (moto behind the real provider) and Confluent (the sandbox's world behind the stand-in provider). */
export interface Clouds {
  readonly world: World;
  /** The folder with the journal of Confluent's calls and the log of AWS's. */
  readonly logs: string;
  readonly aws: Moto;
  readonly awsProviderVersion: string;
  /** With what Terraform finds the providers, which run already. */
  readonly environment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export async function startClouds(): Promise<Clouds> {
  const directory = temporaryDirectory();
  const python = await ensureMotoEnvironment(new SandboxDirectory().python);
  const aws = await startMoto({
    python,
    nonce: "rotation",
    seed: "rotation",
    log: join(directory, "moto.log"),
  });
  const journal = new Journal(join(directory, "journal.ndjson"));
  const world = new World({ seed: "rotation", journal });
  const server = new WorldServer({ world, journal, nonce: "rotation", port: 0 });
  const standIn = await reattachedProvider(confluent, { [WORLD_VARIABLE]: await server.listen() });
  const awsProvider = await runningAwsProvider(aws.url);
  const reattach = {
    ...(JSON.parse(awsProvider.reattach) as object),
    ...(JSON.parse(standIn.environment["TF_REATTACH_PROVIDERS"] ?? "") as object),
  };
  return {
    world,
    logs: directory,
    aws,
    awsProviderVersion: awsProvider.version,
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    stop: async () => {
      await awsProvider.stop();
      standIn.close();
      await server.close();
      await aws.stop();
    },
  };
}
