import { join } from "node:path";

import { localCdktf } from "../../delivery/context";
import type { Interruption } from "../../delivery/interruption";
import { Manifest } from "../../delivery/manifest";
import type { RunDirectory } from "./directories";
import { runLogged } from "./logged-command";

/** What to synthesize, and with what. */
export interface Synthesis {
  /** The application: the project, or a changed copy of it. */
  readonly application: string;
  readonly run: RunDirectory;
  readonly environment: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  /** The log's name. */
  readonly name: string;
}

/**
 * Has the real cdktf CLI synthesize the application into the run's directory, as it would for a deployment anywhere.
 * @throws UserError with what the application said when it fails
 */
export async function synthesize(synthesis: Synthesis): Promise<Manifest> {
  const { application, run, environment, interruption, name } = synthesis;
  await runLogged({
    what: "cdktf synth",
    commandLine: [...localCdktf(), "synth", "--output", run.output],
    directory: application,
    environment,
    logFile: join(run.logs, `${name}.log`),
    interruption,
  });
  return Manifest.read(run.output);
}
