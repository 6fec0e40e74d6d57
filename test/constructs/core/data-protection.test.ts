import { TerraformResource, TerraformStack } from "cdktf";
import { Aspects } from "cdktf";

import { ProtectStatefulResources } from "../../../constructs/core/aspects/protect-stateful-resources";
import { allowsDataLoss, protectedLifecycle } from "../../../constructs/core/data-protection";
import { newApp, synth, testStack } from "../../support/synth";

const optOut = { protect: false, reason: "a copy exists" } as const;

test.each([
  [false, undefined, true],
  [false, { protect: true } as const, true],
  [false, optOut, true],
  [true, undefined, true],
  [true, { protect: true } as const, true],
  [true, optOut, false],
])(
  "environment allows loss: %s, construct says %j: protected %s",
  (allowDataLoss, own, expected) => {
    expect(protectedLifecycle(testStack({ allowDataLoss }), own)).toEqual({
      preventDestroy: expected,
    });
  },
);

test("an environment that says nothing keeps its data", () => {
  expect(allowsDataLoss(new TerraformStack(newApp(), "silent"))).toBe(false);
});

describe("ProtectStatefulResources", () => {
  const build = (type: string, preventDestroy: boolean | undefined, allowDataLoss: boolean) => {
    const stack = testStack({ allowDataLoss });
    Aspects.of(stack).add(new ProtectStatefulResources());
    new TerraformResource(stack, "Thing", {
      terraformResourceType: type,
      lifecycle: preventDestroy === undefined ? undefined : { preventDestroy },
    });
    return () => synth(stack);
  };

  test.each([
    "aws_ecr_repository",
    "confluent_environment",
    "confluent_kafka_cluster",
    "confluent_kafka_topic",
    "confluent_schema",
  ])("fails when %s could be destroyed", (type) => {
    const message = `${type} holds data but may be destroyed: pass its lifecycle through protectedLifecycle()`;
    expect(build(type, undefined, false)).toThrow(message);
    expect(build(type, false, false)).toThrow(message);
    expect(build(type, true, false)).not.toThrow();
    expect(build(type, undefined, true)).not.toThrow();
  });

  test("leaves resources without data alone", () => {
    expect(build("confluent_service_account", undefined, false)).not.toThrow();
  });
});
