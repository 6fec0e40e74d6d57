import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";

import { compiledProgram } from "../../support/compiled-programs";

const taskList = compiledProgram("sandbox/console/task-list.js");

jest.setTimeout(30_000);

/** Runs tasks, given as JavaScript, in a program without a terminal, and returns what it prints, without durations, errors last. */
async function show(tasks: string): Promise<readonly string[]> {
  const program = `
    const { setTimeout: delay } = require("node:timers/promises");
    const { runTasks } = require(${JSON.stringify(taskList)});
    const say = (text) => async () => { console.log("ran " + text); return ""; };
    runTasks(${tasks}).then(
      () => console.log("all ran"),
      (error) => console.log("failed with " + JSON.stringify(error.message)),
    );`;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = stripVTControlCharacters(output + errors)
    .trimEnd()
    .split("\n");
  return lines.map((line) => line.trimEnd().replace(/ \[\d.*\]$/, ""));
}

test("tasks run one after the other, and show their result after the title", async () => {
  expect(
    await show(`[
      { title: "First", run: async () => { await delay(20); return "3 stacks"; } },
      { title: "Second", run: say("second") },
    ]`),
  ).toEqual(["❯ First", "✔ First: 3 stacks", "❯ Second", "ran second", "✔ Second", "all ran"]);
});

test("a task says what it is doing", async () => {
  expect(
    await show(`[
      { title: "Install", run: async (progress) => { progress.note("downloading"); return ""; } },
    ]`),
  ).toEqual(["❯ Install", "› downloading", "✔ Install", "all ran"]);
});

test("the first failure stops the list; it shows its first line, and passes the error on as it was", async () => {
  expect(
    await show(`[
      { title: "Deploy", run: async () => { throw new Error("it broke\\nlog: x.log"); } },
      { title: "Never", run: say("never") },
    ]`),
  ).toEqual([
    "❯ Deploy",
    String.raw`failed with "it broke\nlog: x.log"`,
    "✖ Deploy [FAILED: it broke]",
  ]);
});

test("a group asks for its steps when its turn has come", async () => {
  expect(
    await show(`(() => {
      const stacks = [];
      return [
        { title: "Synthesize", run: async () => { stacks.push("a", "b"); return ""; } },
        { title: "Deploy", steps: () => stacks.map((title) => ({ title, run: say(title) })) },
      ];
    })()`),
  ).toEqual([
    ...["❯ Synthesize", "✔ Synthesize", "❯ Deploy"],
    ...["❯ a", "ran a", "✔ a", "❯ b", "ran b", "✔ b"],
    ...["✔ Deploy", "all ran"],
  ]);
});

test("a group's steps can run side by side", async () => {
  const lines = await show(`(() => {
    let arrive;
    const second = new Promise((resolve) => { arrive = resolve; });
    return [{
      title: "Prepare",
      concurrent: true,
      steps: () => [
        { title: "waits", run: async () => { await second; return ""; } },
        { title: "arrives", run: async () => { arrive(); return ""; } },
      ],
    }];
  })()`);

  expect(lines.at(-1)).toBe("all ran");
});
