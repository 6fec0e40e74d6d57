import { exitCodeOfSignal, type StopSignal } from "./signals";

/**
 * A problem that the person at the terminal can solve: the message says what happened, where, and what to do.
 *
 * Programs print the message alone; any other error is a defect and keeps its stack trace.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** The work was stopped by a signal. */
export class Interrupted extends UserError {
  override readonly name = "Interrupted";

  constructor(
    readonly signal: StopSignal,
    message: string,
  ) {
    super(message);
  }

  /** What the program ends with: 130 or 143. */
  get exitCode(): number {
    return exitCodeOfSignal(this.signal);
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
