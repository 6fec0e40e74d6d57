import { homedir } from "node:os";
import { relative } from "node:path";

import { type DeliveryContext, localCdktf, terraformOf } from "../../delivery/context";
import type { Interruption } from "../../delivery/interruption";
import { LogDirectory } from "../../delivery/log-directory";
import type { Manifest } from "../../delivery/manifest";
import { Interrupted } from "../../delivery/user-error";
import { type AwsProviderSource, locateAwsProvider } from "../aws/provider-source";
import { ensurePythonEnvironment } from "../aws/python-environment";
import { pinnedAwsProvider } from "../terraform/aws-provider-version";
import { writeCliConfiguration } from "../terraform/cli-configuration";
import type { RunDirectory, SandboxDirectory } from "./directories";
import { writeOverride } from "../terraform/override";
import type { Progress } from "../console/steps";
import { endProcessesOfRun } from "./run-processes";
import type { ServiceUrls } from "./run-record";
import { synthesize } from "./synthesis";
import { RUN_VARIABLE, terraformEnvironment } from "../terraform/terraform-environment";

/** What happens in one run directory: a one-command run, or the commands of a sandbox kept up by hand. */
export class Workspace {
  readonly awsProvider: AwsProviderSource;

  constructor(
    readonly directory: SandboxDirectory,
    readonly run: RunDirectory,
    readonly nonce: string,
    readonly interruption: Interruption,
  ) {
    run.create();
    this.awsProvider = locateAwsProvider({ env: process.env, home: homedir() });
  }

  /** Where the AWS provider comes from, for people to read. */
  get awsProviderOrigin(): string {
    const version = pinnedAwsProvider(this.awsProvider);
    return this.awsProvider.kind === "mirror"
      ? `${version} from ${this.awsProvider.directory} (${this.awsProvider.from})`
      : `${version} from the public registry`;
  }

  /** The private Python environment; made on first use. */
  async preparePython(progress: Progress): Promise<string> {
    this.interruption.throwIfRequested("the Python environment");
    const ignoreSignals = this.interruption.onRequest(() => void endProcessesOfRun(this.nonce));
    try {
      const env = { ...process.env, [RUN_VARIABLE]: this.nonce };
      return await ensurePythonEnvironment(this.directory.python, {
        env,
        onProgress: (line) => {
          progress.note(line);
        },
      });
    } catch (error) {
      const { signal } = this.interruption;
      throw signal
        ? new Interrupted(signal, `installing Python packages was stopped by ${signal}`)
        : error;
    } finally {
      ignoreSignals();
    }
  }

  /** Synthesizes an application (the project, or a changed copy) into the run's directory. */
  async synthesize(application: string, name: string): Promise<Manifest> {
    writeCliConfiguration(this.run, this.awsProvider);
    const environment = this.environment();
    const { run, interruption } = this;
    return synthesize({ application, run, environment, interruption, name });
  }

  /**
   * Leads synthesized stacks into the sandbox, and says how to deliver them.
   *
   * @param now the world's time, RFC 3339: what counts days in the stacks counts with it
   */
  deliveryContext(manifest: Manifest, services: ServiceUrls, now: string): DeliveryContext {
    const awsProviderVersion = pinnedAwsProvider(this.awsProvider);
    for (const stack of manifest.stacks) {
      const stateFile = (name: string): string =>
        relative(stack.directory, this.run.stateFile(name));
      writeOverride(stack, { awsProviderVersion, stateFile });
    }
    return {
      manifest,
      projectDirectory: this.directory.project,
      environment: this.environment({ services, now }),
      terraform: terraformOf(process.env),
      cdktf: localCdktf(),
      logs: new LogDirectory(this.run.logs),
      interruption: this.interruption,
    };
  }

  private environment(
    clouds: { readonly services?: ServiceUrls; readonly now?: string } = {},
  ): NodeJS.ProcessEnv {
    return terraformEnvironment(process.env, {
      run: this.run,
      nonce: this.nonce,
      ...clouds,
      ...(this.awsProvider.kind === "registry" ? { pluginCache: this.directory.pluginCache } : {}),
    });
  }
}
