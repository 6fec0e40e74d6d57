import { homedir } from "node:os";
import { dirname, relative } from "node:path";

import { type DeliveryContext, localCdktf, terraformOf } from "../../delivery/context";
import type { Interruption } from "../../delivery/interruption";
import { LogDirectory } from "../../delivery/log-directory";
import type { Manifest, SynthesizedStack } from "../../delivery/manifest";
import { Interrupted, UserError } from "../../delivery/user-error";
import { type AwsProviderSource, locateAwsProvider } from "../aws/provider-source";
import { activate } from "../../python/activation";
import { ensurePythonEnvironment, type PythonEnvironmentOptions } from "../../python/environment";
import { environmentDirectory, namedEnvironment } from "../../python/environments";
import { ensureMotoEnvironment } from "../aws/moto-environment";
import type { FlinkEngine } from "./engine";
import { awsRegions } from "../terraform/aws-regions";
import { pinnedAwsProvider } from "../terraform/aws-provider-version";
import { writeCliConfiguration } from "../terraform/cli-configuration";
import { pushImages } from "../images/push";
import { wantedImages } from "../images/wanted-images";
import type { ImagePackages } from "../services/services";
import type { RunDirectory, SandboxDirectory } from "./directories";
import { writeOverride } from "../terraform/override";
import type { Progress } from "../console/steps";
import { endProcessesOfRun } from "./run-processes";
import type { ServiceUrls } from "./run-record";
import { synthesize } from "./synthesis";
import { RUN_VARIABLE, terraformEnvironment } from "../terraform/terraform-environment";

/** What {@link Workspace.pushImages} needs. */
export interface ImagePushes {
  /** The application: the project, or a changed copy of it. */
  readonly application: string;
  readonly stacks: readonly SynthesizedStack[];
  readonly services: ServiceUrls;
  /** The python that `ensureMotoEnvironment` returns. */
  readonly python: string;
}

/** What happens in one run directory: a one-command run, or the commands of a sandbox kept up by hand. */
export class Workspace {
  readonly awsProvider: AwsProviderSource;

  constructor(
    readonly directory: SandboxDirectory,
    readonly run: RunDirectory,
    readonly nonce: string,
    readonly interruption: Interruption,
    readonly engine: FlinkEngine = "table-api",
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
  preparePython(progress: Progress): Promise<string> {
    return this.install(progress, (options) =>
      ensureMotoEnvironment(this.directory.python, options),
    );
  }

  /**
   * What the deployer's image has beside its own files: the packages of the Table API plugin, and a Java. They are those
   * of `npm run python -- table-api`; made on first use.
   *
   * @throws UserError when this machine has no Java of the image's release, nor a package with one
   */
  async prepareImagePackages(progress: Progress): Promise<ImagePackages> {
    const environment = namedEnvironment("table-api");
    const python = await this.install(progress, (options) =>
      ensurePythonEnvironment(environmentDirectory("table-api"), environment, options),
    );
    const javaHome = activate(dirname(dirname(python)), process.env)["JAVA_HOME"];
    if (javaHome === undefined) {
      throw new UserError(
        "the Table API plugin needs a Java 17, and the Python registry has none for this machine: install one and name it with JAVA_HOME, or do without the plugin with --engine compiled",
      );
    }
    return { python, javaHome };
  }

  private async install(
    progress: Progress,
    install: (options: PythonEnvironmentOptions) => Promise<string>,
  ): Promise<string> {
    this.interruption.throwIfRequested("the Python environment");
    const ignoreSignals = this.interruption.onRequest(() => void endProcessesOfRun(this.nonce));
    try {
      return await install({
        env: { ...process.env, [RUN_VARIABLE]: this.nonce },
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

  /**
   * Pushes the images that synthesized stacks look up, as the pipeline of `application` would: once the repository is
   * there, and before the stack that wants them is planned.
   */
  async pushImages({ application, stacks, services, python }: ImagePushes): Promise<string> {
    const images = wantedImages(stacks);
    const [region] = awsRegions(stacks);
    if (images === undefined || region === undefined) return "none is wanted";
    const { awsUrl } = services;
    const directory = this.run.images;
    const digest = await pushImages({ application, images, directory, python, awsUrl, region });
    return `${images.tags.join(", ")} is ${digest.slice(0, 19)}…`;
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
      engine: this.engine,
      ...clouds,
      ...(this.awsProvider.kind === "registry" ? { pluginCache: this.directory.pluginCache } : {}),
    });
  }
}
