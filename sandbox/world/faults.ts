import { operations, ProtocolError, type Operation } from "./protocol";
import { isObject, type Json, type JsonObject } from "./values";

/**
 * How a call goes wrong: refused before anything happened; done, but the answer never arrives; done, and the answer is
 * an error that still carries the new state; done, late.
 */
export const faultModes = ["refuse", "answer-lost", "fail-after", "delay"] as const;

export type FaultMode = (typeof faultModes)[number];

/** Which calls a rule is for. */
export interface FaultMatch {
  readonly operation: Operation;
  readonly type: string;
  /** The object's name or id. @default - any object of the type */
  readonly name?: string;
}

export interface FaultRule {
  readonly match: FaultMatch;
  readonly mode: FaultMode;
  /** How many calls it is for. @default 1 */
  readonly times: number;
  /** What Terraform shows. @default - a sentence that fits the mode */
  readonly message?: string;
  /** How long a call with mode `delay` waits. @default 1000 */
  readonly milliseconds: number;
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
  take(operation: Operation, type: string, names: readonly string[]): FaultRule | undefined {
    const index = this.rules.findIndex(
      ({ match }) =>
        match.operation === operation &&
        match.type === type &&
        (match.name === undefined || names.includes(match.name)),
    );
    const rule = this.rules[index];
    if (rule !== undefined) {
      this.rules.splice(index, 1, ...(rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []));
    }
    return rule;
  }
}

/** @throws {@link ProtocolError} naming the member that is wrong */
export function parseFaultRule(body: Json): FaultRule {
  if (!isObject(body) || !isObject(body["match"])) {
    throw new ProtocolError("a fault rule must be an object with a member match");
  }
  const { mode, message, times = 1, milliseconds = 1000 } = body;
  const known = faultModes.find((candidate) => candidate === mode);
  if (known === undefined) {
    throw new ProtocolError(
      `mode must be one of ${faultModes.join(", ")}, got ${JSON.stringify(mode)}`,
    );
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
  };
}

function parseMatch(match: JsonObject): FaultMatch {
  const { type, name } = match;
  const operation = operations.find((candidate) => candidate === match["operation"]);
  if (operation === undefined) {
    throw new ProtocolError(
      `match.operation must be one of ${operations.join(", ")}, got ${JSON.stringify(match["operation"])}`,
    );
  }
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
