import { environments } from "../../config/load-environment";
import { application } from "../support/application";
import type { SynthesizedStack } from "../support/synth";

/** Every text in a value, with the path that leads to it. */
function texts(value: unknown, path: readonly string[] = []): [path: string, text: string][] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, [...path, key]));
}

const pathsOf = (stack: SynthesizedStack, pattern: RegExp): string[] =>
  texts(stack)
    .filter(([, text]) => pattern.test(text))
    .map(([path]) => path);

describe.each(environments.map((config) => [config.name, config] as const))("%s", (_, config) => {
  const stacks = Object.entries(application(config).stacks).map(
    ([name, stack]) => [name, stack] as const,
  );

  test("T-27, A-R4: no resource has a credentials block, whose key would die in its state", () => {
    const blocks = stacks.flatMap(([name, stack]) =>
      texts(stack.resource)
        .map(([path]) => path)
        .filter((path) => path.split(".").includes("credentials"))
        .map((path) => `${name}: ${path}`),
    );
    expect(blocks).toEqual([]);
  });

  test("a key's secret is read in its own stack only, and goes into write-only arguments only", () => {
    const uses = stacks.flatMap(([name, stack]) =>
      pathsOf(stack, /confluent_api_key\.[^ ]+\.secret\b/).map((path) => `${name}: ${path}`),
    );
    const written = /: resource\.aws_secretsmanager_secret_version\.\w+\.secret_string_wo$/;
    expect(uses).not.toEqual([]);
    expect(uses.filter((use) => !written.test(use))).toEqual([]);
    expect(uses.filter((use) => !use.includes("-streaming-credentials: "))).toEqual([]);
  });

  test("what is read from a secret goes into provider blocks, and into checks of its public fields", () => {
    const uses = stacks.flatMap(([, stack]) => pathsOf(stack, /ephemeral\./));
    expect(uses).not.toEqual([]);
    expect(
      uses.filter(
        (path) =>
          !/^provider\.confluent\.\d+\.\w+_api_(key|secret)$/.test(path) &&
          !/^output\.\w+\.precondition\.\d+\.condition$/.test(path),
      ),
    ).toEqual([]);
  });
});
