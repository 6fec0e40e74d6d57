import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import { isRecord } from "../../delivery/json";
import { childEnvironment } from "./child-environment";
import { parseJson } from "./parse-json";

/** How a {@link ServerProcess} is run. */
export interface ServerProcessOptions {
  /** The file to which the server's standard error is appended. */
  readonly log: string;
  /** See {@link childEnvironment} for what of it reaches the server. */
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds. @default 60,000 - a first start compiles Python's modules, seconds on a busy machine */
  readonly startTimeout?: number;
  /** Milliseconds until a server that was asked to end is killed. @default 5,000 */
  readonly stopTimeout?: number;
}

/** How much of the log an error shows. */
const LOG_LINES = 8;

/**
 * A server that prints `{"ready": true, "url": …}` when it listens and ends at the end of its standard input.
 *
 * It has a process group of its own: a Ctrl-C at the terminal does not reach it, its owner decides when it stops.
 * When the owner dies without a word, the pipe to the server's standard input closes, and the server ends itself.
 */
export class ServerProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<string>;
  private readonly logStart: number;

  constructor(
    command: string,
    args: readonly string[],
    private readonly options: ServerProcessOptions,
  ) {
    const { log, env } = options;
    const logFile = openSync(log, "a");
    this.logStart = readFileSync(log).length;
    this.child = spawn(command, args, {
      detached: true,
      env: childEnvironment(env),
      stdio: ["pipe", "pipe", logFile],
    });
    closeSync(logFile);
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => {
        resolve(error.message);
      });
      this.child.once("exit", (code, signal) => {
        resolve(`it ended with ${signal ?? `exit code ${String(code)}`}`);
      });
    });
  }

  /** The address that the server says it listens on. @throws Error when it ends or stays silent instead */
  async ready(): Promise<string> {
    const { startTimeout = 60_000 } = this.options;
    const settled = new AbortController();
    try {
      return await Promise.race([
        this.announcedUrl(),
        this.ended.then((how) => this.fail(how)),
        delay(startTimeout, undefined, { signal: settled.signal }).then(() =>
          this.fail(`it did not listen within ${startTimeout / 1000} s`),
        ),
      ]);
    } finally {
      settled.abort();
    }
  }

  /** Ends the server, by force if it does not listen to reason, and waits until it is gone. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    this.child.kill("SIGTERM");
    const force = setTimeout(() => {
      this.child.kill("SIGKILL");
    }, this.options.stopTimeout ?? 5_000);
    await this.ended;
    clearTimeout(force);
  }

  private async announcedUrl(): Promise<string> {
    const output = this.child.stdout ?? this.fail("it has no standard output");
    const line = await new Promise<string>((resolve) => {
      createInterface(output).once("line", resolve);
    });
    const message = parseJson(line);
    return isRecord(message) && typeof message["url"] === "string"
      ? message["url"]
      : this.fail(`it printed ${JSON.stringify(line)} in the place of its address`);
  }

  private fail(how: string): never {
    const written = readFileSync(this.options.log).subarray(this.logStart).toString();
    const lines = written.trimEnd().split("\n").slice(-LOG_LINES);
    throw new Error([how, ...lines].join("\n"));
  }
}
