import type { Interruption } from "./interruption";
import type { LogDirectory } from "./log-directory";
import type { Manifest } from "./manifest";

/** What all commands of the delivery loop share. */
export interface DeliveryContext {
  readonly manifest: Manifest;
  /** The project's folder, the one with `cdktf.json`. */
  readonly projectDirectory: string;
  /** The environment of `cdktf` and Terraform. */
  readonly environment: NodeJS.ProcessEnv;
  /** Terraform's executable: an absolute path, or a name looked up in PATH. */
  readonly terraform: string;
  /** The command that starts the cdktf CLI: a program and its first arguments. */
  readonly cdktf: readonly [string, ...string[]];
  readonly logs: LogDirectory;
  readonly interruption: Interruption;
}

/** The pinned cdktf CLI, started without `npx`, which does not pass signals on. */
export function localCdktf(): readonly [string, ...string[]] {
  return [process.execPath, require.resolve("cdktf-cli/bundle/bin/cdktf")];
}

/** The user's Terraform: `TERRAFORM_BINARY_NAME` as for cdktf, else `terraform`. */
export function terraformOf(environment: NodeJS.ProcessEnv): string {
  return environment["TERRAFORM_BINARY_NAME"] ?? "terraform";
}
