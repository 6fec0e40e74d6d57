import type { FlinkStatement } from "../objects";

/**
 * What lists show: some lists long a new statement is missing from them, and a deleted one is still there. It is
 * forgotten when the world ends, as fault rules are.
 */
export class Listing {
  private readonly unseen = new Map<string, number>();
  private readonly ghosts = new Map<string, { statement: FlinkStatement; lists: number }>();

  created({ id }: FlinkStatement, lists: number): void {
    this.ghosts.delete(id);
    if (lists > 0) {
      this.unseen.set(id, lists);
    }
  }

  /** @param statement as it was before */
  deleted(statement: FlinkStatement, lists: number): void {
    if (lists > 0 && !this.unseen.has(statement.id)) {
      this.ghosts.set(statement.id, { statement, lists });
    }
    this.unseen.delete(statement.id);
  }

  /** The statements as a list shows them. @param counts whether it is a list of its own, not the next page of one */
  shown(existing: readonly FlinkStatement[], counts: boolean): readonly FlinkStatement[] {
    const stale = [...this.ghosts.values()].map(({ statement }) => statement);
    const hidden = new Set([...this.unseen.keys(), ...this.ghosts.keys()]);
    const shown = [...existing.filter(({ id }) => !hidden.has(id)), ...stale];
    if (counts) {
      this.count();
    }
    return shown.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private count(): void {
    for (const [id, lists] of this.unseen) {
      if (lists > 1) {
        this.unseen.set(id, lists - 1);
      } else {
        this.unseen.delete(id);
      }
    }
    for (const [id, { statement, lists }] of this.ghosts) {
      if (lists > 1) {
        this.ghosts.set(id, { statement, lists: lists - 1 });
      } else {
        this.ghosts.delete(id);
      }
    }
  }
}
