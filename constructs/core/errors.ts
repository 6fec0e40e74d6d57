import type { IConstruct } from "constructs";

/**
 * A value that a person wrote and that cannot work. The message says what is wrong and what to write instead; `main.ts`
 * prints it as it is. Every refusal is one of these: any other error is a defect, and keeps its stack trace.
 */
export class InvalidValueError extends Error {
  override readonly name: string = "InvalidValueError";
}

/**
 * Props that cannot work. Lists every broken rule at once and says where in the construct tree they are.
 */
export class ValidationError extends InvalidValueError {
  override readonly name = "ValidationError";

  constructor(
    readonly scope: IConstruct,
    readonly problems: readonly string[],
  ) {
    super(`${scope.node.path}: ${problems.join("; ")}`);
  }
}
