/** What a program needs to run, and the variables with which the sandbox marks its own processes. */
const KEPT = /^(PATH|TMPDIR|LANG|LC_\w+|LAKEHOUSE_SANDBOX_\w+)$/;

/**
 * The environment of the sandbox's own Python programs: no AWS profile or credential, no proxy and no Python setting
 * of the person's shell reaches them, so nothing but the sandbox can be called by mistake.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
