import { spawn, type ChildProcess } from "node:child_process";

import type { TerraformRun } from "../../sandbox/provider/support/terraform";

/** The real Terraform in one folder, one run at a time, which can be killed at any moment. */
export class KillableTerraform {
  private child: ChildProcess | undefined;

  constructor(
    private readonly directory: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  run(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<TerraformRun> {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
    return new Promise((resolve, reject) => {
      const child = spawn("terraform", args, {
        cwd: this.directory,
        env: {
          ...Object.fromEntries(own),
          CHECKPOINT_DISABLE: "1",
          ...this.environment,
          ...variables,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      this.child = child;
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

  /** Ends the run without giving it a chance to tidy up. */
  kill(): void {
    this.child?.kill("SIGKILL");
  }
}
