import { destroyStacks } from "../../delivery/deliver";
import { refuseIfProtected } from "../../delivery/protection";
import { UserError } from "../../delivery/user-error";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

interface StackContent {
  readonly protected?: readonly string[];
  readonly unprotected?: readonly string[];
  /** What its state holds. @default nothing: it was never deployed */
  readonly state?: readonly { readonly name: string; readonly keys?: readonly unknown[] }[];
}

/** Synthesizes stacks, and lets Terraform find resources in their state. */
function synthesized(stacks: Readonly<Record<string, StackContent>>): void {
  const terraform: Record<string, { print: string }> = {};
  for (const [name, content] of Object.entries(stacks)) {
    const resource = (preventDestroy: boolean) => (label: string) => [
      label,
      { lifecycle: { prevent_destroy: preventDestroy } },
    ];
    const topics = [
      ...(content.protected ?? []).map(resource(true)),
      ...(content.unprotected ?? []).map(resource(false)),
    ];
    demo.project.configure(name, {
      resource: { topic: Object.fromEntries(topics), grant: { Read: { role: "x" } } },
    });
    if (content.state) {
      const resources = content.state.map(({ name: label, keys }) => ({
        mode: "managed",
        type: label === "Read" ? "grant" : "topic",
        name: label,
        instances: keys?.map((key) => ({ index_key: key })) ?? [{}],
      }));
      terraform[`${name} state`] = { print: JSON.stringify({ resources }) };
    }
  }
  demo.project.instruct({ terraform });
}

/** Asks whether these stacks may be destroyed. */
async function ask(...names: string[]): Promise<void> {
  const context = demo.project.context();
  await refuseIfProtected(context, context.manifest.select(names));
}

const REMEDY = [
  "to lose their data, turn both keys: `protection: { protect: false, reason }` of the construct, and",
  "`allowDataLoss` of the environment; then synthesize, deploy, and destroy",
];

test("what exists and is protected is kept, with its address and both keys to it", async () => {
  synthesized({ streams: { protected: ["A"], unprotected: ["B"], state: [{ name: "A" }] } });

  await expect(ask("streams")).rejects.toThrow(
    new UserError(
      [
        "refusing to destroy streams; nothing was destroyed:",
        "  streams protects 1 resource (topic.A)",
        ...REMEDY,
      ].join("\n"),
    ),
  );
});

test("one message names all stacks that protect something, and the first resources of each", async () => {
  const topics = ["A", "B", "C", "D"];
  synthesized({
    analytics: { unprotected: ["X"], state: [{ name: "X" }] },
    streams: { protected: topics, state: topics.map((name) => ({ name })) },
    platform: { protected: ["E"], state: [{ name: "E", keys: ["a[0]", "b"] }] },
  });

  await expect(ask()).rejects.toThrow(
    [
      "refusing to destroy platform, streams, analytics; nothing was destroyed:",
      '  platform protects 2 resources (topic.E["a[0]"], topic.E["b"])',
      "  streams protects 4 resources (topic.A, topic.B, topic.C, …)",
      ...REMEDY,
    ].join("\n"),
  );
});

test.each<[string, StackContent]>([
  ["was never deployed", { protected: ["A"] }],
  ["is empty again", { protected: ["A"], state: [] }],
  ["holds only what is not protected", { protected: ["A"], state: [{ name: "Read" }] }],
])("a stack may go that %s", async (_, content) => {
  synthesized({ streams: content });

  await ask("streams");

  expect(demo.project.journal()).toEqual(["streams state"]);
});

test("no state is asked for when nothing is protected", async () => {
  synthesized({ streams: { unprotected: ["A"], state: [{ name: "A" }] } });

  await ask();

  expect(demo.project.journal()).toEqual([]);
});

test("a state that cannot be read keeps the stack", async () => {
  synthesized({ streams: { protected: ["A"] } });
  demo.project.instruct({ terraform: { state: { exit: 1 } } });

  await expect(ask("streams")).rejects.toThrow("terraform state of streams ended with exit code 1");
});

test("nothing is destroyed when the last stack of several protects something", async () => {
  synthesized({ platform: { protected: ["A"], state: [{ name: "A" }] } });
  const context = demo.project.context();

  await expect(destroyStacks(context, context.manifest.stacks)).rejects.toThrow(
    "refusing to destroy platform, streams, analytics; nothing was destroyed:",
  );
  expect(demo.project.calls("cdktf")).toEqual([]);
});
