import { join } from "node:path";

import type { Interruption } from "../../delivery/interruption";
import type { SynthesizedStack } from "../../delivery/manifest";
import { UserError } from "../../delivery/user-error";
import { childEnvironment } from "../aws/child-environment";
import { runLogged } from "../run/logged-command";

/** What {@link readConfigurationAsClient} needs. */
export interface ExampleClient {
  readonly project: string;
  readonly python: string;
  /** The endpoint of AWS. */
  readonly awsUrl: string;
  readonly region: string;
  /** Any stack: its name tells system and environment. */
  readonly stack: SynthesizedStack;
  readonly logFile: string;
  readonly interruption: Interruption;
}

/**
 * Has the example client read its configuration, as an application would that produces and consumes: settings from
 * Parameter Store, keys from Secrets Manager. It knows nothing of Terraform. What it finds is in the log, keys masked.
 *
 * @throws UserError with what the client said, when something that it needs is not published
 */
export async function readConfigurationAsClient(client: ExampleClient): Promise<void> {
  const [system, rest] = client.stack.name.split("-sandbox-");
  if (system === undefined || rest === undefined) {
    throw new UserError(`${client.stack.name} is not named <system>-sandbox-<stack>`);
  }
  await runLogged({
    what: "the example client",
    commandLine: [
      client.python,
      ...["-s", "-m", "lakehouse_client.configuration"],
      ...["--system", system, "--environment", "sandbox"],
    ],
    directory: join(client.project, "examples", "python-client"),
    environment: {
      ...childEnvironment(process.env),
      PYTHONDONTWRITEBYTECODE: "1",
      AWS_ENDPOINT_URL: client.awsUrl,
      AWS_DEFAULT_REGION: client.region,
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
    },
    logFile: client.logFile,
    interruption: client.interruption,
  });
}
