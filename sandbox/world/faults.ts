import { gatewayOperations, type GatewayOperation } from "./confluent/flink-gateway/route";
import { operations, ProtocolError, type Operation } from "./protocol";
import { isObject, type Json, type JsonObject } from "./values";

/**
 * How a call of Terraform goes wrong: refused before anything happened; done, but the answer never arrives; done, and the
 * answer is an error that still carries the new state; done, late.
 */
const terraformModes = ["refuse", "answer-lost", "fail-after", "delay"] as const;

/** How a call of Flink's REST API goes wrong; `drop` breaks the connection before anything happened. */
const gatewayModes = ["refuse", "drop", "answer-lost", "delay"] as const;

/** What becomes of a statement that was submitted over Flink's REST API; see StatementFate. */
const statementModes = ["fails", "degrades", "exhausts"] as const;

export type FaultMode =
  (typeof terraformModes)[number] | (typeof gatewayModes)[number] | (typeof statementModes)[number];

const STATEMENT = "flink.statement";

/** Which calls a rule is for. */
export interface FaultMatch {
  /** Terraform's, one of Flink's REST API, or `flink.statement` for what becomes of a new statement. */
  readonly operation: Operation | GatewayOperation | typeof STATEMENT;
  /** Terraform's type; empty for Flink's REST API. */
  readonly type: string;
  /** The object's name or id, or with `*` at its end the beginning of it. @default - any object of the type */
  readonly name?: string;
}

export interface FaultRule {
  readonly match: FaultMatch;
  readonly mode: FaultMode;
  /** How many calls it is for. @default 1 */
  readonly times: number;
  /** What the caller is told. @default - a sentence that fits the mode */
  readonly message?: string;
  /** How long a call with mode `delay` waits. @default 1000 */
  readonly milliseconds: number;
  /** HTTP status with which Flink's REST API refuses. @default 500 */
  readonly status?: number;
  /** Seconds in the Retry-After of that refusal. @default - it has none */
  readonly retryAfter?: number;
  /** After how many reads a statement meets its fate. @default - see StatementFate */
  readonly reads?: number;
}

/** Rules that make chosen calls fail. The first rule that matches a call is used, and used up. */
export class Faults {
  private rules: FaultRule[] = [];

  add(rule: FaultRule): void {
    this.rules.push(rule);
  }

  clear(): void {
    this.rules = [];
  }

  /** The rule for a call, one use of it taken away. */
  take(
    operation: FaultMatch["operation"],
    type: string,
    names: readonly string[],
  ): FaultRule | undefined {
    const index = this.rules.findIndex(
      ({ match }) =>
        match.operation === operation &&
        match.type === type &&
        (match.name === undefined || isNamed(match.name, names)),
    );
    const rule = this.rules[index];
    if (rule !== undefined) {
      this.rules.splice(index, 1, ...(rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []));
    }
    return rule;
  }
}

function isNamed(pattern: string, names: readonly string[]): boolean {
  return pattern.endsWith("*")
    ? names.some((name) => name === pattern || name.startsWith(pattern.slice(0, -1)))
    : names.includes(pattern);
}

/** @throws {@link ProtocolError} naming the member that is wrong */
export function parseFaultRule(body: Json): FaultRule {
  if (!isObject(body) || !isObject(body["match"])) {
    throw new ProtocolError("a fault rule must be an object with a member match");
  }
  const { mode, message, times = 1, milliseconds = 1000, status, retryAfter, reads } = body;
  const modes = modesOf(body["match"]["operation"]);
  const known = modes.find((candidate) => candidate === mode);
  if (known === undefined) {
    throw new ProtocolError(`mode must be one of ${modes.join(", ")}, got ${JSON.stringify(mode)}`);
  }
  if (message !== undefined && typeof message !== "string") {
    throw new ProtocolError("message must be a string");
  }
  return {
    match: parseMatch(body["match"]),
    mode: known,
    message,
    times: atLeast("times", times, 1),
    milliseconds: atLeast("milliseconds", milliseconds, 0),
    ...(status !== undefined && { status: atLeast("status", status, 400) }),
    ...(retryAfter !== undefined && { retryAfter: atLeast("retryAfter", retryAfter, 0) }),
    ...(reads !== undefined && { reads: atLeast("reads", reads, 0) }),
  };
}

function modesOf(operation: Json | undefined): readonly FaultMode[] {
  if (operation === STATEMENT) {
    return statementModes;
  }
  return gatewayOperations.some((candidate) => candidate === operation)
    ? gatewayModes
    : terraformModes;
}

function parseMatch(match: JsonObject): FaultMatch {
  const all = [...operations, ...gatewayOperations, STATEMENT] as const;
  const operation = all.find((candidate) => candidate === match["operation"]);
  if (operation === undefined) {
    throw new ProtocolError(
      `match.operation must be one of ${all.join(", ")}, got ${JSON.stringify(match["operation"])}`,
    );
  }
  const { type = operation.startsWith("flink.") ? "" : undefined, name } = match;
  if (typeof type !== "string" || (name !== undefined && typeof name !== "string")) {
    throw new ProtocolError(
      "match.type must be a string, and match.name as well where it is given",
    );
  }
  return { operation, type, name };
}

function atLeast(member: string, value: Json, minimum: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < minimum) {
    throw new ProtocolError(
      `${member} must be a whole number of at least ${minimum}, got ${JSON.stringify(value)}`,
    );
  }
  return value;
}
