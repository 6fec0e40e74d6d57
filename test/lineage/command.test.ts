import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { collectLineage, recordLineage } from "../../constructs/core/lineage";
import { lineageCommand } from "../../lineage/command";
import { testStack } from "../support/synth";
import { temporaryDirectory } from "../support/temporary-directory";

const PICTURE = [
  "flowchart LR",
  '  table_flights[("flights")]',
  '  table_totals[("totals")]',
  '  statement_count["count"]',
  "  table_flights --> statement_count",
  "  statement_count --> table_totals",
].join("\n");

function run(...args: string[]): string[] {
  const printed: string[] = [];
  const stack = testStack();
  recordLineage(stack, {
    kind: "statement",
    name: "count",
    reads: ["flights"],
    writes: ["totals"],
  });
  lineageCommand(
    () => collectLineage(stack.node.root),
    (text) => printed.push(text),
  ).parse(args, { from: "user" });
  return printed;
}

it("prints the picture", () => {
  expect(run()).toEqual([PICTURE]);
});

it("prints the data as JSON", () => {
  expect(JSON.parse(run("--json").join(""))).toEqual({
    tables: ["flights", "totals"],
    processes: [{ kind: "statement", name: "count", reads: ["flights"], writes: ["totals"] }],
  });
});

describe("--write", () => {
  const file = join(temporaryDirectory(), "README.md");
  const text = (between: string): string =>
    `# Title\n\n<!-- lineage:begin -->${between}<!-- lineage:end -->\n\nEnd\n`;
  const written = text(`\n\n\`\`\`mermaid\n${PICTURE}\n\`\`\`\n\n`);

  it.each([
    ["nothing", "\n"],
    ["an older picture", "\n\n```mermaid\nflowchart LR\n  old\n```\n\n"],
  ])("puts the picture between the markers where %s was, and twice is once", (_, between) => {
    writeFileSync(file, text(between));
    expect(run("--write", file)).toEqual([`${file} shows the lineage`]);
    expect(readFileSync(file, "utf8")).toBe(written);
    run("--write", file);
    expect(readFileSync(file, "utf8")).toBe(written);
  });

  it.each(["# Title\n", "<!-- lineage:end -->\n<!-- lineage:begin -->\n"])(
    "fails, and leaves the file, when it has no place for it: %j",
    (markdown) => {
      writeFileSync(file, markdown);
      expect(() => run("--write", file)).toThrow(
        `${file} must say where the picture goes: a line <!-- lineage:begin -->, and below it a line <!-- lineage:end -->`,
      );
      expect(readFileSync(file, "utf8")).toBe(markdown);
    },
  );

  it("fails for a file that is not there", () => {
    expect(() => run("--write", "missing.md")).toThrow(
      "missing.md cannot be read; name a Markdown file that is there: Error: ENOENT",
    );
  });
});
