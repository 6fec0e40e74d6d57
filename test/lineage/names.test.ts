import type { Lineage } from "../../constructs/core/lineage";
import { withoutPrefix } from "../../lineage/names";

it("leaves out what names begin with, and nothing else", () => {
  const lineageOf = (...names: string[]): Lineage => ({
    tables: ["dev-orders"],
    processes: names.map((name) => ({
      kind: "statement",
      name,
      reads: [],
      writes: ["dev-orders"],
    })),
  });
  expect(withoutPrefix(lineageOf("dev-copy", "copy-dev-", "devcopy"), "dev-")).toEqual(
    lineageOf("copy", "copy-dev-", "devcopy"),
  );
});
