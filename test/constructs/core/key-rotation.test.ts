import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { TerraformOutput, TerraformResource } from "cdktf";

import { Duration } from "../../../constructs/core/duration";
import { KeyRotation, type KeyRotationProps } from "../../../constructs/core/key-rotation";
import { terraformOk } from "../../sandbox/provider/support/terraform";
import { TestMemory } from "../../support/memory";
import { synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

const BEGINNING = "2026-01-01T00:00:00Z";
const THIRTY_DAYS_LATER = "2026-01-31T00:00:00Z";

interface Question {
  readonly now: string;
  /** @default - an environment that was never deployed */
  readonly memory?: { readonly generation: number; readonly at: string };
  readonly keep?: number;
  readonly rotateNow?: boolean;
}

/** What real Terraform makes of a rotation every thirty days. */
async function rotate({ now, memory, keep = 2, rotateNow = false }: Question): Promise<unknown> {
  const stack = testStack();
  const testMemory = new TestMemory();
  const period = Duration.days(30);
  const rotation = new KeyRotation(stack, "Rotation", { memory: testMemory, period, keep });
  rotation.remember([]);
  new TerraformResource(stack, "Key", {
    terraformResourceType: "terraform_data",
    forEach: rotation.generations,
  });
  new TerraformOutput(stack, "living", { value: "${keys(terraform_data.Key)}" });
  new TerraformOutput(stack, "newest", { value: rotation.newest });
  new TerraformOutput(stack, "remembered", { value: testMemory.remembered });

  const { resource, variable, locals, output } = synth(stack);
  const directory = temporaryDirectory();
  const variables = { ...variable, now: { type: "string" }, memory: { type: "any" } };
  writeFileSync(
    join(directory, "rotation.tf.json"),
    JSON.stringify({ resource, locals, output, variable: variables }),
  );
  await terraformOk(["apply", "-auto-approve", "-input=false", "-lock=false"], directory, {
    TF_VAR_now: now,
    TF_VAR_memory: JSON.stringify(memory ?? {}),
    TF_VAR_rotate_now: String(rotateNow),
  });
  const outputs = JSON.parse(await terraformOk(["output", "-json"], directory)) as Record<
    string,
    { value: unknown }
  >;
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

it("the first deployment makes every generation that lives, and remembers when", async () => {
  expect(await rotate({ now: BEGINNING })).toEqual({
    living: ["1", "2"],
    newest: "2",
    remembered: { generation: 2, at: BEGINNING },
  });
});

const memory = { generation: 7, at: BEGINNING };

it.each([
  ["a second before the period has passed", "2026-01-30T23:59:59Z"],
  ["at the very time", BEGINNING],
  ["with a clock that goes wrong", "2025-06-01T00:00:00Z"],
])("nothing is due %s", async (_, now) => {
  expect(await rotate({ now, memory })).toEqual({
    living: ["6", "7"],
    newest: "7",
    remembered: memory,
  });
});

it.each([
  ["when the period has passed", THIRTY_DAYS_LATER],
  ["A-R5, A-R7: and no more, six months late", "2026-07-05T12:34:56Z"],
  ["A-R9: and no more, a century late", "2126-01-01T00:00:00Z"],
])("one rotation is due %s", async (_, now) => {
  expect(await rotate({ now, memory })).toEqual({
    living: ["7", "8"],
    newest: "8",
    remembered: { generation: 8, at: now },
  });
});

it("rotate_now makes a rotation due at once", async () => {
  const now = "2026-01-01T00:00:01Z";
  expect(await rotate({ now, memory, rotateNow: true })).toEqual({
    living: ["7", "8"],
    newest: "8",
    remembered: { generation: 8, at: now },
  });
});

it("rotate_now does nothing to a first deployment, whose keys are new", async () => {
  expect(await rotate({ now: BEGINNING, rotateNow: true })).toMatchObject({ living: ["1", "2"] });
});

it("A-R2: the newest is the newest by number and not by text", async () => {
  expect(
    await rotate({ now: THIRTY_DAYS_LATER, memory: { generation: 9, at: BEGINNING } }),
  ).toMatchObject({ newest: "10", living: ["10", "9"] });
});

it("keeping more keys adds generations before the oldest, so that no secret is written again", async () => {
  const young = { generation: 2, at: BEGINNING };
  expect(await rotate({ now: BEGINNING, memory: young, keep: 4 })).toEqual({
    living: ["-1", "0", "1", "2"],
    newest: "2",
    remembered: young,
  });
});

describe("refusals", () => {
  const rotation = (props: Partial<KeyRotationProps>) => () =>
    new KeyRotation(testStack(), "Rotation", {
      memory: new TestMemory(),
      period: Duration.days(30),
      keep: 2,
      ...props,
    });

  it.each([0, 1, 1.5, Number.NaN])(
    "A-R3: fails when %d keys live, with which a rotation refuses whoever has not read again",
    (keep) => {
      expect(rotation({ keep })).toThrow(
        `test/Rotation: keep must be a whole number of at least 2, so that the key before the newest still works, got ${keep}`,
      );
    },
  );

  it.each([
    [Duration.minutes(90), "5400000 ms"],
    [Duration.hours(0), "0 ms"],
  ])("A-R7: fails for a period of %s, which is not whole hours", (period, shown) => {
    expect(rotation({ period })).toThrow(
      `test/Rotation: period must be a whole number of hours, at least one, got ${shown}`,
    );
  });

  it("a rotation that is never remembered would never end, and does not synthesize", () => {
    const stack = testStack();
    new KeyRotation(stack, "Rotation", {
      memory: new TestMemory(),
      period: Duration.days(30),
      keep: 2,
    });
    expect(() => synth(stack)).toThrow(
      "remember() must be called: a rotation that nobody remembers happens at every deployment",
    );
  });
});
