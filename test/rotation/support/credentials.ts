import { join } from "node:path";

import { App } from "cdktf";

import type { EnvironmentConfig } from "../../../config/environment-config";
import { sandbox } from "../../../config/environments/sandbox";
import { StreamingCredentialsStack } from "../../../stacks/streaming-credentials-stack";
import { StreamingPlatformStack } from "../../../stacks/streaming-platform-stack";
import { temporaryDirectory } from "../../support/temporary-directory";
import { endpointsIn, type Endpoints } from "./client";
import type { Clouds } from "./clouds";
import { DeployedStack } from "./deployed-stack";

const PLATFORM = "lakehouse-sandbox-streaming-platform";
const CREDENTIALS = "lakehouse-sandbox-streaming-credentials";

/** The application's own two stacks whose keys rotate: the platform deployed, the credentials not yet. */
export interface Deployment {
  /** The folder with both stacks' synthesized configuration. */
  readonly synthesized: string;
  readonly platform: DeployedStack;
  readonly credentials: DeployedStack;
  readonly endpoints: Endpoints;
}

export async function deployPlatform(clouds: Clouds): Promise<Deployment> {
  const outdir = synthesized(sandbox);
  const states = temporaryDirectory();
  const stateFile = (stack: string): string => join(states, `${stack}.tfstate`);
  const stackOf = async (name: string): Promise<DeployedStack> => {
    const stack = new DeployedStack(join(outdir, "stacks", name), stateFile(name), clouds);
    await stack.initialise(name, stateFile);
    return stack;
  };
  const platform = await stackOf(PLATFORM);
  await platform.apply();
  return {
    synthesized: outdir,
    platform,
    credentials: await stackOf(CREDENTIALS),
    endpoints: endpointsIn(platform.state()),
  };
}

/** The folder of the credentials stack, synthesized to keep another number of keys. */
export function credentialsKeeping(keysKept: number): string {
  const outdir = synthesized({ ...sandbox, streaming: { ...sandbox.streaming, keysKept } });
  return join(outdir, "stacks", CREDENTIALS);
}

function synthesized(config: EnvironmentConfig): string {
  const app = new App({ outdir: temporaryDirectory(), skipValidation: false });
  const platform = new StreamingPlatformStack(app, config);
  new StreamingCredentialsStack(app, config, { platform });
  app.synth();
  return app.outdir;
}
