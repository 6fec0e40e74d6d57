import type { PlanMemory } from "../core/plan-memory";

/** Where a new statement begins to read: at the first record that is kept, at the next one, or at a time. */
export type StartPosition = "earliest" | "latest" | Date;

/** See {@link Evolution.carryOver}. */
export interface CarryOver {
  readonly kind: "carryOver";
  readonly memory: PlanMemory;

  /**
   * A version that takes nothing over: the way on when what runs has failed, is gone, or shall move to another principal
   * or pool, for then there are no offsets to be had. It may stay for ever: it says nothing about later versions.
   *
   * @default - each version takes over from the one before
   */
  readonly restart?: { readonly version: number; readonly reads: StartPosition };
}

/** See {@link Evolution.recreate}. */
export interface Recreate {
  readonly kind: "recreate";

  /** What happens to what the statement has counted, joined or grouped so far: there is no other way, so say it. */
  readonly state: "discarded";
  readonly reads: StartPosition;
}

/** See {@link Evolution.blueGreen}. */
export interface BlueGreen {
  readonly kind: "blueGreen";

  /** The version whose table consumers read. */
  readonly serving: number;

  /**
   * Versions that run side by side, and where each begins: `"earliest"` makes its table complete. `"unchanged"` is for one
   * that runs already and was told nothing, because it carried over. What is said of a version that runs stays as it is:
   * another beginning is another statement.
   */
  readonly running: Readonly<Record<number, StartPosition | "unchanged">>;
}

/** How a statement's next version takes over from the one that runs. Confluent never changes a statement. */
export type Evolution = BlueGreen | CarryOver | Recreate;

/** The three ways. A table that evolves in place is a fourth: `FlinkMaterializedTable`. */
export const Evolution = {
  /**
   * The next version begins at the very records at which the last one stopped: nothing is lost, nothing comes twice.
   * Only for statements without state. It is submitted first and waits; then the last one is stopped; then it runs.
   *
   * A stopped predecessor stays for 25 days. Whoever deletes it by hand before that makes the next apply fail, because
   * Terraform would submit it again. When an apply ends between submitting and hearing of it, the new version waits
   * and Terraform does not know it: import it.
   *
   * @see https://docs.confluent.io/cloud/current/flink/operate-and-deploy/carry-over-offsets.html
   */
  carryOver: (props: Omit<CarryOver, "kind">): CarryOver => ({ kind: "carryOver", ...props }),

  /**
   * The last version is deleted, then the next one begins anew: rows come twice (`"earliest"`) or are missing
   * (`"latest"`), so the sink should replace rows by key.
   */
  recreate: (props: Omit<Recreate, "kind">): Recreate => ({ kind: "recreate", ...props }),

  /**
   * Each version fills a table of its own, whose name its SQL says. Consumers move when `serving` does; a version is
   * retired by leaving it out of `running`, and its table stays.
   */
  blueGreen: (props: Omit<BlueGreen, "kind">): BlueGreen => ({ kind: "blueGreen", ...props }),
};

/** Where a version begins. @returns undefined when nobody says: where its predecessor stopped, or at the first record */
export function startOf(evolution: Evolution, version: number): StartPosition | undefined {
  switch (evolution.kind) {
    case "carryOver":
      return evolution.restart?.version === version ? evolution.restart.reads : undefined;
    case "recreate":
      return evolution.reads;
    case "blueGreen": {
      const start = evolution.running[version];
      return start === "unchanged" ? undefined : start;
    }
  }
}

/** The statement's properties that make it begin there. */
export function startProperties(reads?: StartPosition): Readonly<Record<string, string>> {
  if (reads === undefined) return {};
  const mode = "sql.tables.scan.startup.mode";
  if (reads instanceof Date) {
    return {
      [mode]: "timestamp",
      "sql.tables.scan.startup.timestamp-millis": String(reads.getTime()),
    };
  }
  return { [mode]: `${reads}-offset` };
}
