import type { TypeFacts } from "../facts/facts";
import type { ResourceChange } from "./rules";

/** What is about to be asked of the world. */
export type Operation = "create" | "read" | "update" | "delete";

/**
 * Code of one resource type that runs before the world is called, for what the real provider checks
 * only when it makes the call.
 *
 * @param change what changes; when nothing does (read, delete), both sides are the state
 * @returns why the operation is refused; undefined when it may go on
 */
export type ApplyRule = (
  change: ResourceChange,
  operation: Operation,
  facts: TypeFacts,
) => string | undefined;
