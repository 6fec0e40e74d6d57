import type { Manifest } from "./manifest";
import { UserError } from "./user-error";

/**
 * Makes sure that what was synthesized belongs to the environment that is meant: `cdktf.out` may be left from another
 * one, and nothing in it asks back.
 * @throws UserError when `DEPLOY_ENVIRONMENT` is not set, or when a stack's name has it not as one of its parts.
 */
export function requireEnvironment(manifest: Manifest, environment: NodeJS.ProcessEnv): void {
  const meant = environment["DEPLOY_ENVIRONMENT"];
  const names = manifest.stacks.map(({ name }) => name);
  if (!meant) {
    throw new UserError(
      `DEPLOY_ENVIRONMENT is not set; set it to the environment of ${names.join(", ")}, which ${manifest.directory} holds`,
    );
  }
  const foreign = names.filter((name) => !`-${name}`.includes(`-${meant}-`));
  if (foreign.length > 0) {
    throw new UserError(
      `${manifest.directory} holds ${foreign.join(", ")}, which DEPLOY_ENVIRONMENT=${meant} does not mean: ` +
        "synthesize again, or set the variable to the environment that you mean",
    );
  }
}
