import { readFileSync } from "node:fs";

import { text, type TerraformObject } from "../../../sandbox/world/values";

/** A call that changed a statement's version or a table, as a person would tell it: `submit v2`, `update totals`. */
export type Change = string;

interface JournalEntry {
  readonly operation: string;
  readonly type: string;
  readonly outcome: string;
  readonly request: { readonly planned?: TerraformObject; readonly prior?: TerraformObject };
}

const STATEMENT = "confluent_flink_statement";

/** What the calls that change a statement mean. */
const VERBS: Readonly<Record<string, string>> = {
  create: "submit",
  update: "stop",
  delete: "delete",
};

/** What Terraform has asked the world to do, from the world's journal. */
export class CallHistory {
  private seen: number;

  /** Looks at calls from now on. */
  constructor(private readonly journalFile: string) {
    this.seen = this.entries().length;
  }

  /** Changes to statements and tables that succeeded since this was last asked. */
  changes(): readonly Change[] {
    const all = this.entries();
    const fresh = all.slice(this.seen);
    this.seen = all.length;
    return fresh.filter(({ outcome }) => outcome === "ok").flatMap(changeOf);
  }

  /** The types of what was created or deleted since changes were last asked for, without repetitions in a row. */
  order(operation: "create" | "delete"): readonly string[] {
    return this.entries()
      .slice(this.seen)
      .filter((entry) => entry.operation === operation)
      .map(({ type }) => type)
      .filter((type, index, types) => type !== types[index - 1]);
  }

  /** The properties with which each version was submitted last. */
  get submittedProperties(): Readonly<Record<string, TerraformObject>> {
    const submissions = this.entries().filter(
      ({ operation, type }) => operation === "create" && type === STATEMENT,
    );
    return Object.fromEntries(
      submissions.map(({ request: { planned = {} } }) => [
        versionOf(text(planned, "statement_name")),
        planned["properties"] as TerraformObject,
      ]),
    );
  }

  private entries(): readonly JournalEntry[] {
    const lines = readFileSync(this.journalFile, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as JournalEntry);
  }
}

/** The version in a statement's name, such as `v2`. */
export function versionOf(statementName: string): string {
  return /-(v\d+)-/.exec(statementName)?.[1] ?? statementName;
}

function changeOf({ operation, type, request }: JournalEntry): readonly Change[] {
  const object = request.planned ?? request.prior ?? {};
  const verb = VERBS[operation];
  if (verb === undefined) return [];
  if (type === STATEMENT) return [`${verb} ${versionOf(text(object, "statement_name"))}`];
  const isTable = type === "confluent_flink_materialized_table";
  return isTable ? [`${operation} ${text(object, "display_name")}`] : [];
}
