import { constants } from "node:os";

/** The signals with which a person (Ctrl-C) or a runner (cancel) asks a program to stop. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** See {@link STOP_SIGNALS}. */
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** Whether `signal` asks a program to stop. */
export function isStopSignal(signal: string): signal is StopSignal {
  return STOP_SIGNALS.some((stop) => stop === signal);
}

/** The exit code a shell reports for a process that `signal` ended: 128 + its number. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
