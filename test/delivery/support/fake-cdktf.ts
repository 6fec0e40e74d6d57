/**
 * A program in cdktf's place: like cdktf, it runs the program that `TERRAFORM_BINARY_NAME` names in the stack's directory,
 * ends with 1 when that fails, and with 0 when a signal killed it.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { type CdktfScript, mayResume, note, noteCall, readInstructions } from "./fake-instructions";

const [command = "", stack = "", , output = ""] = process.argv.slice(2);

function run(script: CdktfScript): number {
  noteCall("cdktf");
  const commands = script.terraform ?? ["init", command === "deploy" ? "apply" : "destroy"];
  for (const terraform of commands) {
    const { status, error } = spawnSync(process.env["TERRAFORM_BINARY_NAME"] ?? "", [terraform], {
      cwd: join(output, "stacks", stack),
      stdio: "inherit",
    });
    if (error) throw error;
    if (terraform === script.pauseAfter) pause();
    if (status !== 0) return status === null ? 0 : 1;
  }
  return 0;
}

function pause(): void {
  note(`cdktf pauses`);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (!mayResume()) Atomics.wait(clock, 0, 0, 20);
}

const script = readInstructions().cdktf?.[stack.replace(/^demo-/, "")] ?? {};
const exitCode = run(script);
process.exit(script.exit ?? exitCode);
