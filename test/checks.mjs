/** Runs the static checks, two at a time, and ends with 1 when one of them finds something: its output follows. */
import { spawn } from "node:child_process";
import { once } from "node:events";

import { Listr } from "listr2";

/** By npm script. What is in one list runs one after the other: the first use makes a Python environment for both. */
const CHECKS = [
  ["check:lint"],
  ["check:types"],
  ["check:python", "check:dockerfile"],
  ["check:format"],
  ["check:unused"],
  ["check:imports"],
  ["check:workflows"],
];

const findings = [];

async function run(script) {
  const child = spawn("npm", ["run", "--silent", script], { stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  const [code] = await once(child, "close");
  if (code === 0) return;
  findings.push(`${script}:\n${Buffer.concat(output).toString()}`);
  throw new Error(`npm run ${script} ended with ${code}`);
}

const tasks = CHECKS.map((scripts) => ({
  title: scripts.join(", "),
  task: async () => {
    for (const script of scripts) await run(script);
  },
}));
const list = new Listr(tasks, { concurrent: 2, exitOnError: false, fallbackRenderer: "simple" });
await list.run();
for (const finding of findings) console.error(finding);
process.exitCode = findings.length > 0 ? 1 : 0;
