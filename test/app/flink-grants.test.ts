import { readFileSync } from "node:fs";

import { environments } from "../../config/load-environment";
import { requiredPermissions } from "../../sandbox/world/confluent/flink/required-permissions";
import { application } from "../support/application";
import { readableStack } from "../support/readable";
import { resourcesOf, type SynthesizedStack } from "../support/synth";

/** The smallest role that allows an operation. */
const ROLES: Readonly<Record<string, string>> = { Read: "DeveloperRead", Write: "DeveloperWrite" };

const allStacks = new Map(
  environments.map((environment) => {
    const { stacks } = application(environment);
    return [environment.name, Object.keys(stacks).map((name) => readableStack(stacks, name))];
  }),
);

/** A statement, and who runs it. */
interface RunningStatement {
  readonly principal: string;
  readonly name: string;
  readonly sql: string;
}

/** The statements that a stack submits itself. */
function ownStatements(stack: SynthesizedStack): RunningStatement[] {
  return resourcesOf(stack, "confluent_flink_statement").map((statement) => ({
    principal: principalOf(stack, String(statement["provider"])),
    name: String(statement["statement_name"]),
    sql: String(statement["statement"]),
  }));
}

/** The statements that a stack's function submits, with the texts that were reviewed. */
function deployedStatements(stack: SynthesizedStack): RunningStatement[] {
  return resourcesOf(stack, "aws_lambda_invocation").flatMap(({ input }) => {
    const { app, target, statements = [] } = JSON.parse(String(input)) as DeployerEvent;
    return statements.map(({ name, sink }) => ({
      principal: target.principal_id,
      name,
      sql: readFileSync(`pipelines/${app.pipeline}/compiled/${sink}.sql`, "utf8"),
    }));
  });
}

interface DeployerEvent {
  readonly app: { readonly pipeline: string };
  readonly target: { readonly principal_id: string };
  readonly statements?: readonly { readonly name: string; readonly sink: string }[];
}

/** What each identity that runs statements needs, by the sandbox's own SQL parser: `<role> <resource>`. */
function neededGrants(stacks: readonly SynthesizedStack[]): Record<string, string[]> {
  const subjects = stacks
    .flatMap((stack) => resourcesOf(stack, "confluent_schema"))
    .map(({ subject_name }) => String(subject_name));
  const find = ({ name }: { readonly name: string }) => ({
    name,
    subjects: [`${name}-key`, `${name}-value`].filter((subject) => subjects.includes(subject)),
  });
  const needed: Record<string, Set<string>> = {};
  for (const stack of stacks) {
    for (const { principal, ...statement } of [
      ...ownStatements(stack),
      ...deployedStatements(stack),
    ]) {
      const permissions = requiredPermissions({ catalog: "", database: "", find, statement });
      const grants = (needed[principal] ??= new Set());
      for (const { operation, type, name } of permissions) {
        // Flink's transactions are those of the principal, whichever statement it runs.
        const resource = type === "transactional-id" ? "_confluent-flink_*" : name;
        grants.add(`${ROLES[operation] ?? operation} ${type}=${resource}`);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(needed).map(([principal, grants]) => [principal, [...grants].sort()]),
  );
}

function principalOf(stack: SynthesizedStack, provider: string): string {
  const alias = provider.replace("confluent.", "");
  const block = stack.provider?.["confluent"]?.find((other) => other["alias"] === alias);
  return String(block?.["flink_principal_id"]);
}

/** What each identity is bound to, in all stacks. */
function givenGrants(stacks: readonly SynthesizedStack[]): Record<string, string[]> {
  const given: Record<string, string[]> = {};
  for (const binding of stacks.flatMap((stack) => resourcesOf(stack, "confluent_role_binding"))) {
    const principal = String(binding["principal"]).replace("User:", "");
    const resource = String(binding["crn_pattern"]).split("/").at(-1) ?? "";
    (given[principal] ??= []).push(`${String(binding["role_name"])} ${resource}`);
  }
  return given;
}

function requireExactGrants(stacks: readonly SynthesizedStack[]): void {
  const given = givenGrants(stacks);
  for (const [principal, grants] of Object.entries(neededGrants(stacks))) {
    expect({ principal, grants: given[principal]?.toSorted() }).toEqual({ principal, grants });
  }
}

describe.each(environments)("$name", ({ name }) => {
  const stacks = allStacks.get(name) ?? [];

  test("K-03, T-15: who runs statements may do what their SQL needs, and nothing else", () => {
    expect(Object.keys(neededGrants(stacks))).toHaveLength(3);
    requireExactGrants(stacks);
  });
});

describe("the comparison notices", () => {
  const stacks = allStacks.get("prod") ?? [];
  const runners = new Set(Object.keys(neededGrants(stacks)));
  const bindings = stacks.flatMap((stack) =>
    Object.entries(stack.resource?.["confluent_role_binding"] ?? {})
      .filter(([, binding]) => runners.has(String(binding["principal"]).replace("User:", "")))
      .map(([id]) => id),
  );

  function withBindings(
    change: (bindings: Record<string, Record<string, unknown>>) => void,
  ): SynthesizedStack[] {
    const copies = structuredClone(stacks);
    for (const { resource } of copies) {
      if (resource?.["confluent_role_binding"]) change(resource["confluent_role_binding"]);
    }
    return copies;
  }

  test.each(bindings)("that %s is missing", (id) => {
    const without = withBindings((all) => Reflect.deleteProperty(all, id));
    expect(() => {
      requireExactGrants(without);
    }).toThrow("toEqual");
  });

  test.each(bindings)("that %s is on everything", (id) => {
    const wider = withBindings((all) => {
      const binding = all[id];
      if (binding) binding["crn_pattern"] = String(binding["crn_pattern"]).replace(/=[^=]*$/, "=*");
    });
    expect(() => {
      requireExactGrants(wider);
    }).toThrow("toEqual");
  });

  test("a role that the SQL does not need", () => {
    const [principal] = runners;
    const more = withBindings((all) => {
      all["More"] = {
        principal: `User:${principal ?? ""}`,
        role_name: "EnvironmentAdmin",
        crn_pattern: "crn://confluent.cloud/environment=env",
      };
    });
    expect(() => {
      requireExactGrants(more);
    }).toThrow("toEqual");
  });
});
