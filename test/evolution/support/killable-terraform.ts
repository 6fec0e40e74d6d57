import type { ChildProcess } from "node:child_process";

import { terraform, type TerraformRun } from "../../sandbox/provider/support/terraform";

/** The real Terraform in one folder, one run at a time, which can be killed at any moment. */
export class KillableTerraform {
  private child: ChildProcess | undefined;

  constructor(
    private readonly directory: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  run(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<TerraformRun> {
    const environment = { ...this.environment, ...variables };
    return terraform(args, this.directory, environment, (child) => {
      this.child = child;
    });
  }

  /** Ends the run without giving it a chance to tidy up. */
  kill(): void {
    this.child?.kill("SIGKILL");
  }
}
