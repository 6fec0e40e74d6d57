import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import fc from "fast-check";

import { ClientParameters } from "../../constructs/aws/client-parameters";
import { Secret } from "../../constructs/aws/secret";
import { ResourceNames } from "../../constructs/core/naming";
import { mostly, shown, weirdNumber, weirdText } from "./arbitraries";
import { outcomeOfStack, resourceOrRefusal, type Outcome } from "./outcome";

const RUNS = { numRuns: 60 };

describe("Secret with any props", () => {
  it("can be restored for the days that were asked for, or names the days that AWS refuses", () => {
    const days = mostly(fc.oneof(fc.constant(0), fc.integer({ min: 7, max: 30 })), weirdNumber);
    fc.assert(
      fc.property(days, weirdText, (recoveryDays, description) => {
        const outcome = outcomeOfStack((stack) => {
          new AwsProvider(stack, "Aws");
          const names = new ResourceNames("lab", "test");
          const document = { path: ["key"], description, publicFields: [], secretFields: [] };
          new Secret(stack, "Secret", { document, names, recoveryDays });
        });
        const good =
          recoveryDays === 0 ||
          (Number.isInteger(recoveryDays) && recoveryDays >= 7 && recoveryDays <= 30);
        expect(resourceOrRefusal(outcome, "aws_secretsmanager_secret", "test/Secret")).toEqual(
          good
            ? {
                resource: {
                  name: "/confluent_cloud_resource/lab-test/key",
                  description,
                  // JSON has no negative zero.
                  recovery_window_in_days: Math.abs(recoveryDays),
                },
              }
            : { refusedValues: [shown(recoveryDays)] },
        );
      }),
      RUNS,
    );
  });
});

describe("ClientParameters with any props", () => {
  const settingName = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}(\.[A-Za-z0-9_-]{1,8}){0,3}$/);

  /** AWS's own rule for what follows the path in a parameter's name. */
  const isParameterName = (name: string): boolean => /^[A-Za-z0-9._-]+$/.test(name);

  it("makes one parameter for each setting, or names the settings that cannot be parameters", () => {
    const settings = fc.dictionary(
      // An object literal cannot hold this key as its own, nor can the construct tree.
      mostly(settingName, weirdText).filter((name) => name !== "__proto__"),
      mostly(fc.string({ minLength: 1 }), fc.constant("")),
      { maxKeys: 5, noNullPrototype: true },
    );
    fc.assert(
      fc.property(settings, (all) => {
        const outcome = outcomeOfStack((stack) => {
          new AwsProvider(stack, "Aws");
          new ClientParameters(stack, "Parameters", { path: "/lab", settings: all });
        });
        const bad = Object.entries(all).some(
          ([name, value]) => !isParameterName(name) || value === "",
        );
        const refusal: unknown = expect.stringMatching(/^test\/Parameters: .+ must .+, got .+$/s);
        expect(parametersOf(outcome)).toEqual(bad ? { refusal } : { parameters: all });
      }),
      RUNS,
    );
  });
});

/** The settings that the stack "test" holds below `/lab`, or the message with which it was refused. */
function parametersOf(outcome: Outcome): object {
  if ("refusal" in outcome) {
    return { refusal: outcome.refusal.message };
  }
  const resources = outcome.stacks["test"]?.resource?.["aws_ssm_parameter"] ?? {};
  const settings = Object.values(resources).map(({ name, value }) => [
    String(name).replace(/^\/lab\//, ""),
    value,
  ]);
  return { parameters: Object.fromEntries(settings) as unknown };
}
