import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn, TerraformOutput } from "cdktf";

import { ParameterMemory } from "../../../constructs/aws/parameter-memory";
import { terraform, type TerraformRun } from "../../sandbox/provider/support/terraform";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

const PATH = "/lab/rotation";
const READ = "data.aws_ssm_parameters_by_path.Memory_Read";

function memoryStack() {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const memory = new ParameterMemory(stack, "Memory", { path: PATH, parameterName: "memory" });
  return { stack, memory };
}

/** What real Terraform recalls when Parameter Store holds some parameters below the path. */
async function recall(parameters: Readonly<Record<string, string>>): Promise<TerraformRun> {
  const { stack, memory } = memoryStack();
  new TerraformOutput(stack, "recalled", {
    value: [memory.recall("generation"), memory.recall("at")],
  });
  const { locals, output } = withoutHashes(synth(stack));
  const module = JSON.stringify({ locals, output })
    .replaceAll(`${READ}.names`, "var.names")
    .replaceAll(`${READ}.values`, "var.values");
  const list = { type: "list(string)" };
  const directory = temporaryDirectory();
  writeFileSync(
    join(directory, "memory.tf.json"),
    JSON.stringify({
      variable: { names: list, values: { ...list, sensitive: true } },
      ...(JSON.parse(module) as object),
    }),
  );
  await terraform(["apply", "-auto-approve", "-input=false", "-no-color"], directory, {
    TF_VAR_names: JSON.stringify(Object.keys(parameters)),
    TF_VAR_values: JSON.stringify(Object.values(parameters)),
  });
  return terraform(["output", "-json", "recalled"], directory);
}

it("is read by its path and written with what is visible in a plan", () => {
  const { stack, memory } = memoryStack();
  const queue = new SqsQueue(stack, "Before", {});
  memory.remember({ generation: 2 }, [queue]);

  const synthesized = withoutHashes(synth(stack));
  expect(synthesized.data).toEqual({ aws_ssm_parameters_by_path: { Memory_Read: { path: PATH } } });
  expect(resourcesOf(synthesized, "aws_ssm_parameter")).toEqual([
    {
      name: `${PATH}/memory`,
      description: "What Terraform did last; the next plan reads it. Do not edit.",
      type: "String",
      insecure_value: '${jsonencode({"generation" = 2})}',
      overwrite: true,
      depends_on: ["aws_sqs_queue.Before"],
    },
  ]);
});

it.each([
  ["a new environment has nothing to recall", {}, [null, null]],
  ["what was written", { [`${PATH}/memory`]: '{"generation":3,"at":"now"}' }, [3, "now"]],
  ["a field that was not written is null", { [`${PATH}/memory`]: '{"generation":3}' }, [3, null]],
  [
    "a parameter that somebody put beside it is none of its business",
    { [`${PATH}/a`]: '{"generation":9}', [`${PATH}/memory`]: '{"generation":3}' },
    [3, null],
  ],
])("recalls: %s", async (_, parameters, recalled) => {
  expect(JSON.parse((await recall(parameters)).stdout)).toEqual(recalled);
});

it("fails when the parameter holds no JSON: to begin anew would replace everything", async () => {
  expect((await recall({ [`${PATH}/memory`]: "{generation" })).exitCode).toBe(1);
});

it("counts with the stack's clock", () => {
  const { stack, memory } = memoryStack();
  new TerraformOutput(stack, "now", { value: Fn.upper(memory.now) });
  expect(synth(stack).output?.["now"]).toEqual({
    value: "${upper(coalesce(var.rotation_clock, plantimestamp()))}",
  });
});

it.each(["rotation", "/rotation/", "//rotation", "/ro tation", ""])(
  "fails for the path %j",
  (path) => {
    expect(
      () => new ParameterMemory(testStack(), "Memory", { path, parameterName: "memory" }),
    ).toThrow(
      `test/Memory: path must be parts of letters, digits, ".", "_" or "-" with a slash before each, got ${JSON.stringify(path)}`,
    );
  },
);
