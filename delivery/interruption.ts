import { isStopSignal, STOP_SIGNALS, type StopSignal } from "./signals";
import { Interrupted } from "./user-error";

/** `npm run` repeats the terminal's Ctrl-C to its child, so one key press can arrive twice. */
const ECHO_MILLISECONDS = 500;

/** Called for every stop signal; `count` is 1 for the first one, which asks for a graceful end. */
export type StopListener = (signal: StopSignal, count: number) => void;

/**
 * The request to stop, shared by everything that runs.
 *
 * The first signal means "finish the resource in hand, save the state, then stop"; each further one is more urgent.
 * `AbortSignal` cannot say this: it fires once.
 */
export class Interruption {
  private readonly listeners = new Set<StopListener>();
  private first: StopSignal | undefined;
  private count = 0;

  /** The first stop signal received, if any. */
  get signal(): StopSignal | undefined {
    return this.first;
  }

  /** Records a stop signal and tells all listeners. */
  request(signal: StopSignal): void {
    this.first ??= signal;
    this.count += 1;
    for (const listener of [...this.listeners]) listener(signal, this.count);
  }

  /** Adds a listener, which hears at once of a request made before; the returned function removes it. */
  onRequest(listener: StopListener): () => void {
    this.listeners.add(listener);
    if (this.first !== undefined) listener(this.first, this.count);
    return () => this.listeners.delete(listener);
  }

  /** @throws Interrupted when a stop has been requested; `next` names the work that is not started. */
  throwIfRequested(next: string): void {
    if (this.first !== undefined) {
      throw new Interrupted(this.first, `stopped by ${this.first} before ${next}`);
    }
  }

  /** Turns the process's SIGINT and SIGTERM into requests until the returned function is called. */
  listenToProcess(): () => void {
    let last = -Infinity;
    const onSignal = (signal: NodeJS.Signals): void => {
      const now = performance.now();
      const isEcho = now - last < ECHO_MILLISECONDS;
      last = now;
      if (!isEcho && isStopSignal(signal)) this.request(signal);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
    return () => {
      for (const signal of STOP_SIGNALS) process.off(signal, onSignal);
    };
  }
}
