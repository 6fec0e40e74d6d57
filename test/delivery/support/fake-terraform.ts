/** A program in Terraform's place: it does what the test's instructions say, and notes what happens to it. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { note, noteCall, readInstructions, type TerraformScript } from "./fake-instructions";

const command = process.argv[2] ?? "";
const stack = basename(process.cwd()).replace(/^demo-/, "");
const name = `${stack} ${command}`;

/** Resolves when a stop signal came and the state is saved. */
async function stopped({ onStop, saveMilliseconds = 100 }: TerraformScript): Promise<void> {
  await new Promise<void>((resolve) => {
    let count = 0;
    const onSignal = (signal: NodeJS.Signals): void => {
      count += 1;
      note(`${name}: ${signal}`);
      if (onStop === "ignores") return;
      if (count > 1) {
        note(`${name}: gave up`);
        process.exit(1);
      }
      setTimeout(() => {
        note(`${name}: state saved`);
        resolve();
      }, saveMilliseconds);
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    note(`${name}: working`);
    setInterval(() => undefined, 1_000);
  });
}

async function run(script: TerraformScript): Promise<number> {
  noteCall("terraform");
  note(name);
  if (script.print !== undefined) process.stdout.write(script.print);
  if (script.printError !== undefined) process.stderr.write(script.printError);
  const planFile = process.argv.find((argument) => argument.startsWith("-out="))?.slice(5);
  if (planFile !== undefined) writeFileSync(planFile, "a plan with secrets");
  if (script.provider) {
    const ignoreSignals =
      'process.on("SIGINT", () => {}); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
    spawn(process.execPath, ["-e", ignoreSignals], {
      stdio: ["ignore", "inherit", "inherit"],
    }).unref();
  }
  if (script.untilStopped) {
    await stopped(script);
    return 1;
  }
  if (script.killedBy !== undefined) {
    process.kill(process.pid, script.killedBy);
    await delay(10_000);
  }
  return script.exit ?? 0;
}

const scripts = readInstructions().terraform ?? {};
void run(scripts[name] ?? scripts[command] ?? {}).then((exitCode) => process.exit(exitCode));
