import { messageOf, UserError } from "../../delivery/user-error";
import { callCount, identify, type MotoError, unansweredCalls } from "./moto-api";
import { ISOLATED, pythonFile } from "./python-files";
import { ServerProcess } from "./server-process";

/** How Lambda functions run: each in processes of its own, behind AWS's own runtime client. */
export interface FunctionSettings {
  /** For their code, their logs and what they write. */
  readonly directory: string;
  /** Variables that all of them get, such as where the world's Flink is; a function's own win. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default - a function that is an image cannot run */
  readonly images?: {
    /** Where the content of pushed images lies, below the digits of their digests. */
    readonly directory: string;
    /** An interpreter that has the packages that images install. */
    readonly python: string;
    /** Variables in the place of an image's own, such as `JAVA_HOME`. */
    readonly environment: Readonly<Record<string, string>>;
  };
}

/** What {@link startMoto} needs. */
export interface MotoOptions {
  /** The python that `ensureMotoEnvironment` returns. */
  readonly python: string;
  /** The port on 127.0.0.1. @default 0 - the system chooses a free one */
  readonly port?: number;
  /** A text of this run alone, by which the server is known to be ours. */
  readonly nonce: string;
  /** What the ids that AWS makes up are derived from: the same seed gives the same ids. */
  readonly seed: string;
  /** The file to which a line for each call, and the reason of each failure, is appended. */
  readonly log: string;
  /** How Lambda functions run. @default - they do not: an invocation is a call that moto cannot answer */
  readonly functions?: FunctionSettings;
  /** @default process.env - of which little reaches the server, see `childEnvironment` */
  readonly env?: NodeJS.ProcessEnv;
}

/** A moto server that runs. */
export interface Moto {
  /** Such as `http://127.0.0.1:41234`: the endpoint of every AWS service. */
  readonly url: string;
  readonly pid: number;
  /** How many AWS calls were made so far. */
  calls(): Promise<number>;
  /** The calls that moto could not answer. A run with any of them has shown nothing. */
  errors(): Promise<MotoError[]>;
  /** Ends the server and waits until it is gone. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts moto, an in-memory AWS, and returns when it answers with the nonce.
 *
 * @throws UserError when it does not start, a taken port above all, or when another server answers on the port
 */
export async function startMoto(options: MotoOptions): Promise<Moto> {
  const { python, port = 0, nonce, seed, log, functions, env = process.env } = options;
  const settings = ["--port", String(port), "--nonce", nonce, "--seed", seed];
  if (functions) settings.push("--lambda", JSON.stringify(functions));
  const server = new ServerProcess(python, [...ISOLATED, pythonFile("server.py"), ...settings], {
    log,
    env,
  });
  try {
    const url = await server.ready();
    const pid = await confirmIdentity(url, nonce);
    return {
      url,
      pid,
      calls: () => callCount(url),
      errors: () => unansweredCalls(url),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    const holder = port === 0 ? "" : await describeHolder(port);
    throw new UserError(
      `moto could not be started: ${holder}${messageOf(error)}\nIts log is ${log}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Makes sure that the server at `url` is the one that was started with `nonce`. Two programs can hold one port (on
 * one address each), and a deployment into somebody else's moto would succeed without a sign.
 *
 * @returns the server's process id
 * @throws Error that names who answers
 */
export async function confirmIdentity(url: string, nonce: string): Promise<number> {
  const identity = await identify(url);
  if (identity.kind === "moto" && identity.nonce === nonce) {
    return identity.pid;
  }
  throw new Error(
    `${url} is not answered by the server that was started, but by ${NAMES[identity.kind]}`,
  );
}

const NAMES = {
  moto: "the moto of another sandbox run",
  other: "another program",
  nobody: "nobody",
};

/** A sentence on who holds a port that moto was to have; empty when nobody does. */
async function describeHolder(port: number): Promise<string> {
  const identity = await identify(`http://127.0.0.1:${port}`);
  switch (identity.kind) {
    case "nobody":
      return "";
    case "moto":
      return `port ${port} belongs to the moto of another sandbox run (process ${identity.pid}): stop that run or choose another port. `;
    case "other":
      return `port ${port} belongs to another program: choose another port. `;
  }
}
