import { Interrupted, messageOf, UserError } from "./user-error";

/**
 * Runs a command-line program and sets the exit code: what `main` resolves to, 130 or 143 after a stop signal, else 1.
 * A {@link UserError} is printed as its message, a defect with its stack trace.
 */
export function runProgram(main: () => Promise<number>): void {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      const isDefect = error instanceof Error && !(error instanceof UserError);
      process.stderr.write(`${isDefect ? (error.stack ?? error.message) : messageOf(error)}\n`);
      process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
    },
  );
}

/** Prints a line for the person at the terminal. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
