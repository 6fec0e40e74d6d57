/**
 * Lints texts with the project's configuration: `[{file, text}]` on standard input, a list of `{rule, message}` for each on
 * standard output. A program of its own, because Jest cannot load a configuration that is an ECMAScript module. Rules
 * that need types are off, so that no file need exist.
 */
import { text as textOf } from "node:stream/consumers";

import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const results = [];
for (const { file, text } of JSON.parse(await textOf(process.stdin))) {
  const [{ messages }] = await eslint.lintText(text, { filePath: file });
  results.push(messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
