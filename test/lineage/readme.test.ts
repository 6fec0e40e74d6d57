import { readFileSync } from "node:fs";

import { createApplication } from "../../application";
import { sandbox } from "../../config/environments/sandbox";
import { collectLineage, toMermaid } from "../../constructs/core/lineage";
import { withPicture } from "../../lineage/markdown";
import { withoutPrefix } from "../../lineage/names";
import { newApp } from "../support/synth";

test("the README's picture is the application's lineage: npm run lineage -- --write README.md", () => {
  const lineage = collectLineage(createApplication(sandbox, newApp()));
  const readme = readFileSync("README.md", "utf8");

  expect(lineage.processes.length).toBeGreaterThan(0);
  expect(
    withPicture(readme, toMermaid(withoutPrefix(lineage, "lakehouse-sandbox-")), "README.md"),
  ).toBe(readme);
});
