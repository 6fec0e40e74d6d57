import type { SqlStatement } from "./statement";
import type { Token } from "./tokens";

/** What one rule looks at. */
export interface LintInput {
  readonly tokens: readonly Token[];

  /** The statements of the text: more than one break a rule of their own. */
  readonly statements: readonly SqlStatement[];

  /** The statement's `sql.*` properties. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Something that a statement's text must not hold. */
export interface LintRule {
  /** What the text must do instead, and why: follows `<file>:<line> must`. */
  readonly must: string;

  /** Where the text breaks the rule. */
  readonly find: (input: LintInput) => readonly Token[];
}
