import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Interruption } from "../../../delivery/interruption";
import { waitUntil } from "../../../delivery/process-table";
import { Interrupted, UserError } from "../../../delivery/user-error";
import { type LoggedCommand, runLogged } from "../../../sandbox/run/logged-command";
import { processesOfRun } from "../../../sandbox/run/run-processes";
import { temporaryDirectory } from "../../support/temporary-directory";

/** A shell command with a log of its own. */
function shell(script: string, change: Partial<LoggedCommand> = {}): LoggedCommand {
  const directory = temporaryDirectory();
  return {
    what: "cdktf synth",
    commandLine: ["/bin/sh", "-c", script],
    directory,
    environment: { PATH: process.env["PATH"] },
    logFile: join(directory, "log"),
    interruption: new Interruption(),
    ...change,
  };
}

/** The error with which a command must fail. */
async function failureOf(command: LoggedCommand): Promise<Error> {
  const failure: unknown = await runLogged(command).catch((error: unknown) => error);
  if (!(failure instanceof Error)) throw new Error("it did not fail");
  return failure;
}

test("what it prints on both outputs is in the log, and its directory is the given one", async () => {
  const command = shell("echo out; echo err >&2; pwd");
  await runLogged(command);

  expect(readFileSync(command.logFile, "utf8")).toBe(`out\nerr\n${command.directory}\n`);
});

test("a failure shows the end of the log, without colours, and where it is", async () => {
  const command = shell("seq 30; printf '\\033[31mbroken\\033[0m\\n'; exit 3");
  const error = await failureOf(command);
  const [headline, ...lines] = error.message.split("\n");

  expect(error).toBeInstanceOf(UserError);
  expect(headline).toBe("cdktf synth failed with exit code 3:");
  expect(lines[0]).toBe("12");
  expect(lines.slice(-2)).toEqual(["broken", `log: ${command.logFile}`]);
  expect(lines).toHaveLength(21);
});

test("a program that was killed, by the out-of-memory killer above all, is said to be", async () => {
  const command = shell("echo working; kill -KILL $$");

  expect((await failureOf(command)).message).toBe(
    `cdktf synth was killed by SIGKILL:\nworking\nlog: ${command.logFile}`,
  );
});

test("a stop signal ends it with all its children at once", async () => {
  const mark = randomUUID();
  const interruption = new Interruption();
  const environment = { PATH: process.env["PATH"], MARK: mark };
  const command = shell("sleep 1000 & sleep 1000", { interruption, environment });
  const failure = failureOf(command);
  await waitUntil(() => processesOfRun(mark).length === 3, 5_000);
  interruption.request("SIGTERM");

  expect(await failure).toEqual(new Interrupted("SIGTERM", "cdktf synth was stopped by SIGTERM"));
  await waitUntil(() => processesOfRun(mark).length === 0, 5_000);
  expect(processesOfRun(mark)).toEqual([]);
});

test("after a stop signal it is not started", async () => {
  const interruption = new Interruption();
  interruption.request("SIGINT");
  const command = shell("true", { interruption });

  expect((await failureOf(command)).message).toBe("stopped by SIGINT before cdktf synth");
  expect(existsSync(command.logFile)).toBe(false);
});
