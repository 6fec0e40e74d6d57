import { Token } from "cdktf";
import type { IConstruct } from "constructs";

import { ValidationError } from "./errors";

/** A rule as `[is it broken, what is wrong and what to do]`; the text names the value it refuses. */
export type Rule = readonly [broken: boolean, problem: string];

/**
 * Refuses props that break a rule.
 *
 * @throws ValidationError naming the construct's path and all broken rules, not only the first.
 */
export function validate(scope: IConstruct, rules: readonly Rule[]): void {
  const problems = rules.filter(([broken]) => broken).map(([, problem]) => problem);
  if (problems.length > 0) {
    throw new ValidationError(scope, problems);
  }
}

/** Whether a prop holds a value now, rather than nothing or a token that Terraform will fill. */
export function isConcrete<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}
