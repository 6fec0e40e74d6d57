import type { Query } from "./sql-query";
import type { Insert } from "./sql-statement";

/** Something of which there is a plan. */
export type Planned =
  | { readonly kind: "insert"; readonly inserts: readonly Insert[] }
  | { readonly kind: "select"; readonly query: Query }
  | { readonly kind: "alter-options" };

/** The plan as EXPLAIN shows it: what writes where and reads what. What happens in between only a planner knows. */
export function planText(statement: Planned): string {
  return ["== Physical Plan ==", "", ...operators(statement)].join("\n");
}

function operators(statement: Planned): readonly string[] {
  switch (statement.kind) {
    case "insert":
      return statement.inserts.flatMap(({ sink, query }) => [
        `StreamSink [${sink.path.join(".")}]`,
        ...scans(query),
      ]);
    case "select":
      return ["StreamSink [collect]", ...scans(statement.query)];
    case "alter-options":
      return ["(no plan: a change of options)"];
  }
}

function scans({ sources }: Query): readonly string[] {
  return sources.map(({ path }) => `  +- StreamTableScan [${path.join(".")}]`);
}
