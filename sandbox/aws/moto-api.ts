import { isRecord } from "../../delivery/json";
import { messageOf } from "../../delivery/user-error";
import { parseJson } from "./parse-json";

/** A request that moto could not answer. */
export interface MotoError {
  /** Such as `secretsmanager.CreateSecret`. */
  readonly operation: string;
  /** What moto raised, or the answer of status 5xx that it gave. */
  readonly error: string;
}

/** Who answers on an address: a sandbox's moto with its nonce, another program, or nobody. */
export type Identity =
  | { readonly kind: "moto"; readonly nonce: string; readonly pid: number }
  | { readonly kind: "other" }
  | { readonly kind: "nobody"; readonly reason: string };

/** Milliseconds. moto answers its own addresses without waiting for AWS calls. */
const TIMEOUT = 5_000;

/** Asks who listens at `url`. */
export async function identify(url: string): Promise<Identity> {
  let text: string;
  try {
    const response = await fetch(`${url}/sandbox/whoami`, { signal: AbortSignal.timeout(TIMEOUT) });
    text = await response.text();
  } catch (error) {
    return { kind: "nobody", reason: messageOf(error) };
  }
  const answer = parseJson(text);
  return isRecord(answer) &&
    typeof answer["nonce"] === "string" &&
    typeof answer["pid"] === "number"
    ? { kind: "moto", nonce: answer["nonce"], pid: answer["pid"] }
    : { kind: "other" };
}

/** How many AWS calls were made so far. */
export async function callCount(url: string): Promise<number> {
  const journal = await get(`${url}/sandbox/journal`);
  if (isRecord(journal) && typeof journal["calls"] === "number") {
    return journal["calls"];
  }
  throw unexpected(url, journal);
}

/** The calls that moto could not answer, in their order. */
export async function unansweredCalls(url: string): Promise<MotoError[]> {
  const errors = await get(`${url}/sandbox/errors`);
  if (Array.isArray(errors) && errors.every(isMotoError)) {
    return errors;
  }
  throw unexpected(url, errors);
}

/** How Lambda functions ran. */
export interface FunctionStatus {
  /** How they are kept within their memory, such as `cgroup v1`, or `not enforced` and why. */
  readonly memoryLimits: string;
  /** In the order in which they ended. */
  readonly invocations: readonly FunctionInvocation[];
}

/** One invocation of a function. */
export interface FunctionInvocation {
  readonly function: string;
  readonly succeeded: boolean;
  readonly durationMs: number;
  /** How long the function took to load. @default - it was warm */
  readonly initMs?: number;
  /** The most memory that the process, or its control group, has had. @default - this machine does not tell */
  readonly peakMb?: number;
}

/** How functions ran so far. @throws Error when `url` is not answered by a moto that runs functions */
export async function functionStatus(url: string): Promise<FunctionStatus> {
  const status = await get(`${url}/sandbox/functions`);
  if (
    isRecord(status) &&
    typeof status["memoryLimits"] === "string" &&
    Array.isArray(status["invocations"]) &&
    status["invocations"].every(isInvocation)
  ) {
    return { memoryLimits: status["memoryLimits"], invocations: status["invocations"] };
  }
  throw unexpected(url, status);
}

function isInvocation(value: unknown): value is FunctionInvocation {
  return (
    isRecord(value) &&
    typeof value["function"] === "string" &&
    typeof value["succeeded"] === "boolean" &&
    typeof value["durationMs"] === "number"
  );
}

function isMotoError(value: unknown): value is MotoError {
  return (
    isRecord(value) && typeof value["operation"] === "string" && typeof value["error"] === "string"
  );
}

async function get(address: string): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
  return parseJson(await response.text());
}

function unexpected(url: string, answer: unknown): Error {
  return new Error(`${url} does not answer as the sandbox's moto: ${JSON.stringify(answer)}`);
}
