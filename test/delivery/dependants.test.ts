import { destroyStacks } from "../../delivery/deliver";
import { refuseIfNeeded } from "../../delivery/dependants";
import { UserError } from "../../delivery/user-error";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

/** Lets Terraform find resources in the state of stacks. */
function deployed(resources: Readonly<Record<string, readonly string[]>>): void {
  const scripts = Object.entries(resources).map(([stack, names]) => {
    const state = names.map((name) => ({ mode: "managed", type: "t", name, instances: [{}] }));
    return [`${stack} state`, { print: JSON.stringify({ resources: state }) }];
  });
  demo.project.instruct({ terraform: Object.fromEntries(scripts) });
}

/** Asks whether these stacks may be destroyed. */
async function ask(...names: string[]): Promise<void> {
  const context = demo.project.context();
  await refuseIfNeeded(context, context.manifest.select(names));
}

test("a stack is kept while one that needs it holds resources", async () => {
  deployed({ streams: ["a"], platform: ["p"] });

  await expect(ask("platform")).rejects.toThrow(
    new UserError(
      [
        "refusing to destroy platform:",
        "  streams needs platform and still holds 1 resource (t.a)",
        "run `destroy streams` first, or name all of them in one command",
      ].join("\n"),
    ),
  );
});

test("all that need it are named, with what they need and hold", async () => {
  deployed({ streams: ["a"], analytics: ["b", "c", "d", "e"] });

  await expect(ask("platform")).rejects.toThrow(
    [
      "refusing to destroy platform:",
      "  streams needs platform and still holds 1 resource (t.a)",
      "  analytics needs platform and still holds 4 resources (t.b, t.c, t.d, …)",
      "run `destroy streams analytics` first, or name all of them in one command",
    ].join("\n"),
  );
});

test.each([[["platform", "streams"]], [["streams", "platform"]]])(
  "in whatever order %j are named, what only one of them needs is kept",
  async (names) => {
    deployed({ streams: ["a"], analytics: ["b"] });

    await expect(ask(...names)).rejects.toThrow(
      [
        "refusing to destroy platform, streams:",
        "  analytics needs platform, streams and still holds 1 resource (t.b)",
        "run `destroy analytics` first, or name all of them in one command",
      ].join("\n"),
    );
  },
);

test("all together may go, and no state is asked for", async () => {
  deployed({ streams: ["a"], analytics: ["b"] });

  await ask("platform", "analytics", "streams");

  expect(demo.project.journal()).toEqual([]);
});

test("a stack may go that nothing needs", async () => {
  deployed({ streams: ["a"], platform: ["p"] });

  await ask("analytics");

  expect(demo.project.journal()).toEqual([]);
});

test("a stack may go when the ones that need it hold nothing", async () => {
  deployed({ streams: [], platform: ["p"] });

  await ask("platform");

  expect(demo.project.journal()).toEqual(["streams state", "analytics state"]);
});

test("a state that cannot be read keeps the stack", async () => {
  demo.project.instruct({ terraform: { "streams state": { exit: 1 } } });

  await expect(ask("platform")).rejects.toThrow(
    "terraform state of streams ended with exit code 1",
  );
});

test("what this machine has destroyed counts no more than what it has deployed: the state does", async () => {
  deployed({ streams: ["a"] });
  const context = demo.project.context();

  await expect(destroyStacks(context, context.manifest.select(["platform"]))).rejects.toThrow(
    "refusing to destroy platform",
  );
  expect(demo.project.calls("cdktf")).toEqual([]);
});
