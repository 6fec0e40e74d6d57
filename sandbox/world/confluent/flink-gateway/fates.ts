import type { Faults } from "../../faults";
import { parseStatement } from "../flink/sql-statement";
import { SqlSyntaxError } from "../flink/sql-tokens";
import type { FlinkStatement, StatementFate } from "../objects";

/** A client marks by it what it asks for its own sake. */
const HIDDEN = "user.confluent.io/hidden";

/** Until when a statement waits for its pool that is to wait for ever. */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

const defaults = {
  fails: { reads: 1, detail: "The sandbox was told to let this statement fail." },
  degrades: { reads: 1, detail: "The sandbox was told to let this statement degrade." },
  exhausts: { reads: FOR_EVER, detail: "The compute pool has no free resources left." },
} as const;

/** What a rule wants to become of a statement. Those that are only asked something, such as EXPLAIN, are spared. */
export function fateOf(
  faults: Faults,
  { name, sql, labels }: Pick<FlinkStatement, "name" | "sql" | "labels">,
): StatementFate | undefined {
  if (labels[HIDDEN] === "true" || !writes(sql)) {
    return undefined;
  }
  const rule = faults.take("flink.statement", "", [name]);
  switch (rule?.mode) {
    case "fails":
    case "degrades":
    case "exhausts": {
      const { reads, detail } = defaults[rule.mode];
      return { kind: rule.mode, reads: rule.reads ?? reads, detail: rule.message ?? detail };
    }
    default:
      return undefined;
  }
}

function writes(sql: string): boolean {
  try {
    return parseStatement(sql).kind === "insert";
  } catch (error) {
    if (error instanceof SqlSyntaxError) {
      return false;
    }
    throw error;
  }
}
