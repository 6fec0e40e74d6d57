import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { sandboxOverride } from "../../../sandbox/terraform/override";
import {
  terraform,
  terraformOk,
  type TerraformRun,
} from "../../sandbox/provider/support/terraform";
import type { Clouds } from "./clouds";

/** What Terraform would do, or did: how many resources it adds, changes and destroys. */
export interface Changes {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

/** Variables of the credentials stack. */
export interface Variables {
  /** RFC 3339. */
  readonly rotation_clock: string;
  readonly rotate_now?: boolean;
}

/** One synthesized stack of the application with its state, and the real Terraform to run it. */
export class DeployedStack {
  constructor(
    private readonly directory: string,
    private readonly stateFile: string,
    private readonly clouds: Clouds,
  ) {}

  /** Writes what differs from production beside the synthesized file, and prepares the folder. */
  async initialise(name: string, stateFileOf: (stack: string) => string): Promise<void> {
    const synthesized: unknown = JSON.parse(
      readFileSync(join(this.directory, "cdk.tf.json"), "utf8"),
    );
    const override = sandboxOverride(synthesized, name, {
      awsProviderVersion: this.clouds.awsProviderVersion,
      stateFile: stateFileOf,
    });
    const file = join(this.directory, "sandbox_override.tf.json");
    writeFileSync(file, JSON.stringify(override));
    await terraformOk(
      ["init", "-input=false", "-no-color"],
      this.directory,
      this.clouds.environment,
    );
  }

  /** @throws Error with what Terraform printed when the apply fails */
  async apply(variables?: Variables): Promise<Changes> {
    const run = await this.tryApply(variables);
    if (run.exitCode !== 0) throw new Error(`apply failed: ${errorsOf(run)}`);
    return summary(run, "apply");
  }

  /** @throws Error with what Terraform printed when something is left */
  async destroy(): Promise<void> {
    const run = await this.run(["destroy", "-auto-approve", "-json"]);
    if (run.exitCode !== 0) throw new Error(`destroy failed: ${errorsOf(run)}`);
  }

  tryApply(variables?: Variables): Promise<TerraformRun> {
    return this.run(["apply", "-auto-approve", "-json"], variables);
  }

  /**
   * Begins an apply and kills Terraform, as a machine does that loses its power, when `when` says so. The state is then
   * what a remote backend has, which is written to every 20 seconds: nothing of this run.
   */
  async killedApply(variables: Variables, when: () => Promise<boolean>): Promise<void> {
    const before = this.state();
    const child = spawn("terraform", this.arguments(["apply", "-auto-approve"], variables), {
      cwd: this.directory,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...this.clouds.environment },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    while (!(await when())) {
      await delay(20);
      if (child.exitCode !== null) throw new Error("the apply ended before it could be killed");
    }
    child.kill("SIGKILL");
    await ended;
    writeFileSync(this.stateFile, before);
  }

  /** What a plan proposes. */
  async plan(variables: Variables): Promise<Changes> {
    const run = await this.run(["plan", "-json"], variables);
    if (run.exitCode !== 0) throw new Error(`plan failed: ${errorsOf(run)}`);
    return summary(run, "plan");
  }

  /** The state file's text; empty before the first apply. */
  state(): string {
    return existsSync(this.stateFile) ? readFileSync(this.stateFile, "utf8") : "";
  }

  run(command: readonly string[], variables?: Variables): Promise<TerraformRun> {
    return terraform(this.arguments(command, variables), this.directory, this.clouds.environment);
  }

  /** As if nothing had been deployed, as far as Terraform knows. */
  loseState(): void {
    rmSync(this.stateFile);
  }

  /** Addresses of all resources of a type. */
  resources(type: string): string[] {
    const { resource } = JSON.parse(readFileSync(join(this.directory, "cdk.tf.json"), "utf8")) as {
      resource: Record<string, object>;
    };
    return Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`);
  }

  /** Takes over the configuration that was synthesized in another folder: the same stack, configured otherwise. */
  reconfigure(directory: string): void {
    copyFileSync(join(directory, "cdk.tf.json"), join(this.directory, "cdk.tf.json"));
  }

  private arguments(command: readonly string[], variables?: Variables): string[] {
    const given = Object.entries(variables ?? {}).map(
      ([name, value]) => `-var=${name}=${String(value)}`,
    );
    return [...command, "-input=false", "-lock=false", ...given];
  }
}

/** What Terraform reports, line by line. */
interface Line {
  readonly type: string;
  readonly changes?: Changes & { readonly operation: string };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
  };
}

function linesOf({ stdout }: TerraformRun): Line[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** What went wrong in a run with `-json`. */
export function errorsOf(run: TerraformRun): string {
  return linesOf(run)
    .flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []))
    .map(({ summary, detail }) => `${summary}\n${detail}`)
    .join("\n");
}

function summary(run: TerraformRun, operation: "plan" | "apply"): Changes {
  const found = linesOf(run).find(
    ({ type, changes }) => type === "change_summary" && changes?.operation === operation,
  );
  if (found?.changes === undefined) throw new Error(`the ${operation} has no summary`);
  const { add, change, remove } = found.changes;
  return { add, change, remove };
}
