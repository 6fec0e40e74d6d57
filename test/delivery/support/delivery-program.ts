import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a program ended. */
export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The running command line of the delivery. */
export class DeliveryProgram {
  readonly ended: Promise<ProgramEnd>;
  private readonly child: ChildProcess;

  constructor(main: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (exitCode) => {
        output.then(([stdout, stderr]) => {
          resolve({ exitCode, stdout, stderr });
        }, reject);
      });
    });
  }

  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
