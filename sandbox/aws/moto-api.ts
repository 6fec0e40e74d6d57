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
