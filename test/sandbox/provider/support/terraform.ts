import { spawn, type ChildProcess } from "node:child_process";

export interface TerraformRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the real Terraform.
 *
 * @param environment added to this process's, from which whatever steers Terraform is taken out
 * @param onStart is given the process, for who wants to end it
 */
export function terraform(
  args: readonly string[],
  directory: string,
  environment: NodeJS.ProcessEnv = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<TerraformRun> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
  return new Promise((resolve, reject) => {
    const child = spawn("terraform", args, {
      cwd: directory,
      env: { ...Object.fromEntries(own), CHECKPOINT_DISABLE: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onStart(child);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, stdout, stderr });
    });
  });
}

/** {@link terraform} for a run that has to succeed; returns what it printed. */
export async function terraformOk(...run: Parameters<typeof terraform>): Promise<string> {
  const { exitCode, stdout, stderr } = await terraform(...run);
  if (exitCode !== 0) {
    throw new Error(`terraform ${run[0].join(" ")} failed\n${stdout}\n${stderr}`);
  }
  return stdout;
}
