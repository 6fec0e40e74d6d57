import type { SynthesizedStack } from "../../../delivery/manifest";
import { awsRegions } from "../../../sandbox/terraform/aws-regions";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

function stackOf(configuration: unknown): SynthesizedStack {
  const directory = temporaryDirectory();
  writeFiles(directory, { "cdk.tf.json": JSON.stringify(configuration) });
  const configurationFile = `${directory}/cdk.tf.json`;
  return { name: "a", shortName: "a", directory, configurationFile, dependencies: [] };
}

test("each region of each stack's providers once", () => {
  const stacks = [
    { provider: { aws: [{ region: "eu-west-1" }, { alias: "b", region: "us-east-1" }] } },
    { provider: { aws: [{ region: "eu-west-1" }] } },
    { provider: { confluent: [{ region: "none" }] } },
    {},
  ];
  expect(awsRegions(stacks.map(stackOf))).toEqual(["eu-west-1", "us-east-1"]);
});
