/**
 * A program in cdktf's place: like cdktf, it runs the program that `TERRAFORM_BINARY_NAME` names in the stack's directory,
 * in a session of its own, ends with 1 when that fails, and with 0 when a signal killed it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { type CdktfScript, mayResume, note, noteCall, readInstructions } from "./fake-instructions";

const [command = "", stack = "", , output = ""] = process.argv.slice(2);

async function run(script: CdktfScript): Promise<number> {
  noteCall("cdktf");
  const commands = script.terraform ?? ["init", command === "deploy" ? "apply" : "destroy"];
  for (const terraform of commands) {
    const child = spawn(process.env["TERRAFORM_BINARY_NAME"] ?? "", [terraform], {
      cwd: join(output, "stacks", stack),
      stdio: "inherit",
      detached: true,
    });
    const [exitCode] = (await once(child, "exit")) as [number | null];
    if (terraform === script.pauseAfter) await pause();
    if (exitCode !== 0) return exitCode === null ? 0 : 1;
  }
  return 0;
}

async function pause(): Promise<void> {
  note("cdktf pauses");
  while (!mayResume()) await delay(20);
}

const script = readInstructions().cdktf?.[stack.replace(/^demo-/, "")] ?? {};
void run(script).then((exitCode) => process.exit(script.exit ?? exitCode));
