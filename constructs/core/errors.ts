import type { IConstruct } from "constructs";

/**
 * Props that cannot work. Lists every broken rule at once and says where in the construct tree they are.
 */
export class ValidationError extends Error {
  constructor(
    readonly scope: IConstruct,
    readonly problems: readonly string[],
  ) {
    super(`${scope.node.path}: ${problems.join("; ")}`);
    this.name = "ValidationError";
  }
}
