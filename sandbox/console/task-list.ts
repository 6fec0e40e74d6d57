import type { DefaultRenderer, ListrTask, SimpleRenderer } from "listr2" with {
  "resolution-mode": "import",
};

import { messageOf } from "../../delivery/user-error";
import type { Step, Task } from "./steps";

type ListrEntry = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/**
 * Runs tasks one after the other and shows them with their durations: as a live list on a terminal, else, in a CI log
 * or a pipe, as plain lines. Stops at the first failure, with whatever was thrown; the list shows its first line.
 */
export async function runTasks(tasks: readonly Task[]): Promise<void> {
  const { Listr, PRESET_TIMER } = await import("listr2"); // an ES module
  const timer = { ...PRESET_TIMER, condition: true };
  const failures: unknown[] = [];
  const list = new Listr<unknown, "default", "simple">(
    tasks.map((task) => toListrTask(task, failures)),
    {
      renderer: "default",
      fallbackRenderer: "simple",
      fallbackRendererCondition: () => !process.stdout.columns, // a pseudo-terminal without a size
      rendererOptions: { timer, collapseSubtasks: false, showErrorMessage: false },
      fallbackRendererOptions: { timer },
      registerSignalListeners: false, // stopping is up to us: Terraform must save its state
    },
  );
  try {
    await list.run();
  } catch (error) {
    throw failures[0] ?? error;
  }
}

function toListrTask(task: Task, failures: unknown[]): ListrEntry {
  if (!("steps" in task)) return toListrStep(task, failures);
  return {
    title: task.title,
    task: (_context, list) =>
      list.newListr(
        task.steps().map((step) => toListrStep(step, failures)),
        { concurrent: task.concurrent ?? false },
      ),
  };
}

function toListrStep({ title, run }: Step, failures: unknown[]): ListrEntry {
  return {
    title,
    task: async (_context, list) => {
      const note = (line: string): void => {
        list.output = line;
      };
      try {
        const result = await run({ note });
        if (result !== "") list.title = `${title}: ${result}`;
      } catch (error) {
        failures.push(error);
        const [firstLine] = messageOf(error).split("\n", 1);
        throw new Error(firstLine, { cause: error });
      }
    },
  };
}
