import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Moto, startMoto } from "../../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../../sandbox/aws/moto-environment";
import { WORLD_VARIABLE } from "../../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../../sandbox/provider/confluent/vendor";
import { SandboxDirectory } from "../../../sandbox/run/directories";
import { GatewayServer } from "../../../sandbox/world/confluent/flink-gateway/gateway-server";
import { Journal } from "../../../sandbox/world/journal";
import { WorldServer } from "../../../sandbox/world/server";
import { World } from "../../../sandbox/world/world";
import { reattachedProvider } from "../../sandbox/provider/support/reattached-provider";
import { temporaryDirectory } from "../../support/temporary-directory";
import { runningAwsProvider } from "./aws-provider";

/** AWS (moto behind the real provider, functions that run) and Confluent (the sandbox's world behind the stand-in provider). */
export interface Clouds {
  readonly world: World;
  /** The folder with the journal of Confluent's calls and the log of AWS's. */
  readonly logs: string;
  readonly aws: Moto;
  readonly awsProviderVersion: string;
  /** With what Terraform finds the providers. */
  readonly environment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** The providers in front of the clouds. */
export interface Providers {
  readonly awsProviderVersion: string;
  readonly environment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Where the clouds are. */
export interface CloudUrls {
  readonly aws: string;
  readonly world: string;
}

/**
 * @param providers makes the providers. @default - ones that run already, which is fast; each has one configuration at a
 * time, so a stack with several aliases needs others
 */
export async function startClouds(
  providers: (urls: CloudUrls) => Promise<Providers> = attachedProviders,
): Promise<Clouds> {
  const directory = temporaryDirectory();
  const python = await ensureMotoEnvironment(new SandboxDirectory().python);
  const journal = new Journal(join(directory, "journal.ndjson"));
  const world = new World({ seed: "rotation", journal });
  const flink = await GatewayServer.start(world.flink, 0);
  const certificates = join(directory, "flink-ca.pem");
  writeFileSync(certificates, flink.certificate);
  const functions = join(directory, "functions");
  mkdirSync(functions);
  const aws = await startMoto({
    python,
    nonce: "rotation",
    seed: "rotation",
    log: join(directory, "moto.log"),
    functions: {
      directory: functions,
      environment: { FLINK_REST_ENDPOINT: flink.url, SSL_CERT_FILE: certificates },
    },
  });
  const server = new WorldServer({ world, journal, nonce: "rotation", port: 0 });
  const inFront = await providers({ aws: aws.url, world: await server.listen() });
  return {
    ...inFront,
    world,
    logs: directory,
    aws,
    stop: async () => {
      await inFront.stop();
      await server.close();
      await aws.stop();
      await flink.close();
    },
  };
}

async function attachedProviders(urls: CloudUrls): Promise<Providers> {
  const standIn = await reattachedProvider(confluent, { [WORLD_VARIABLE]: urls.world });
  const awsProvider = await runningAwsProvider(urls.aws);
  const reattach = {
    ...(JSON.parse(awsProvider.reattach) as object),
    ...(JSON.parse(standIn.environment["TF_REATTACH_PROVIDERS"] ?? "") as object),
  };
  return {
    awsProviderVersion: awsProvider.version,
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    stop: async () => {
      await awsProvider.stop();
      standIn.close();
    },
  };
}
