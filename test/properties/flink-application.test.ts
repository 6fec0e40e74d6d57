import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import fc from "fast-check";

import { AwsAccount } from "../../constructs/aws/account";
import { LambdaFunction } from "../../constructs/aws/lambda-function";
import { ZipAsset } from "../../constructs/aws/zip-asset";
import {
  deployIdOf,
  jobStatementName,
  logicalOf,
} from "../../constructs/confluent/flink-job-names";
import { DataSize } from "../../constructs/core/data-size";
import { Duration } from "../../constructs/core/duration";
import { kebabCase, mostly, shown, weirdText } from "./arbitraries";
import { outcomeOfStack, resourceOrRefusal } from "./outcome";

const sinks = fc.stringMatching(/^[a-z][a-z0-9_]{0,60}$/);
const contents = fc.record({
  pipelineDigest: fc.stringMatching(/^[0-9a-f]{64}$/),
  start: fc.constantFrom("earliest", "latest", "2026-01-31T00:00:00Z"),
  properties: fc.dictionary(
    fc.stringMatching(/^sql\.[a-z.-]{1,20}$/),
    fc.string({ unit: "grapheme" }),
  ),
  redeployNonce: fc.string({ unit: "grapheme", maxLength: 64 }),
});

describe("the name of any job's statement", () => {
  it("H-03: is one that Confluent takes, with room for a suffix, and the same each time", () => {
    fc.assert(
      fc.property(kebabCase, sinks, contents, (application, sink, content) => {
        const statement = { ...content, sink, logical: logicalOf(sink) };
        const name = jobStatementName(application, statement);
        expect(name).toMatch(/^[a-z][a-z0-9-]*-[0-9a-f]{10}$/);
        expect(name.length).toBeLessThanOrEqual(90);
        const turned = Object.entries(content.properties).reverse();
        const again = { ...statement, properties: Object.fromEntries(turned) };
        expect(jobStatementName(application, again)).toBe(name);
      }),
    );
  });

  it("H-17: is another for other content, and so is the deployment's id", () => {
    fc.assert(
      fc.property(contents, contents, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const [first, second] = [one, other].map((content) =>
          jobStatementName("app", { ...content, sink: "sink", logical: "sink" }),
        );
        const sameProperties =
          JSON.stringify(Object.entries(one.properties).sort()) ===
          JSON.stringify(Object.entries(other.properties).sort());
        const same =
          sameProperties &&
          JSON.stringify({ ...one, properties: {} }) ===
            JSON.stringify({ ...other, properties: {} });
        expect(first === second).toBe(same);
        expect(deployIdOf({ sink: first ?? "" }) === deployIdOf({ sink: second ?? "" })).toBe(same);
      }),
    );
  });
});

describe("LambdaFunction with any props", () => {
  it("has the memory and time that were asked for, or names what AWS refuses", () => {
    const names = mostly(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), weirdText);
    const mebibytes = mostly(
      fc.integer({ min: 128, max: 10_240 }),
      fc.integer({ min: 0, max: 20_000 }),
    );
    const seconds = mostly(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 2_000 }));
    fc.assert(
      fc.property(names, mebibytes, seconds, (functionName, memory, timeout) => {
        const outcome = outcomeOfStack((stack) => {
          new AwsProvider(stack, "Aws");
          new LambdaFunction(stack, "Function", {
            account: new AwsAccount("123456789012", "us-east-1"),
            functionName,
            description: "Does",
            code: { zip: new ZipAsset(stack, "Zip", []), runtime: "python3.12", handler: "a.b" },
            memory: DataSize.mebibytes(memory),
            timeout: Duration.seconds(timeout),
            permissions: [],
          });
        });
        const refusedValues = [
          ...(/^[A-Za-z0-9_-]{1,64}$/.test(functionName) ? [] : [shown(functionName)]),
          ...(memory >= 128 && memory <= 10_240 ? [] : [String(memory)]),
          ...(timeout >= 1 && timeout <= 900 ? [] : [String(timeout)]),
        ];
        expect(resourceOrRefusal(outcome, "aws_lambda_function", "test/Function")).toEqual(
          refusedValues.length > 0
            ? { refusedValues }
            : {
                resource: expect.objectContaining({
                  function_name: functionName,
                  memory_size: memory,
                  timeout,
                }),
              },
        );
      }),
      { numRuns: 40 },
    );
  });
});
