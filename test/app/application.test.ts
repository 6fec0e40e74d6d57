import type { EnvironmentConfig } from "../../config/environment-config";
import { environments } from "../../config/load-environment";
import { tables, type Table } from "../../stacks/tables";
import { application } from "../support/application";
import { withoutHashes } from "../support/readable";
import type { SynthesizedStack } from "../support/synth";

const TOPICS = Object.values<Table>(tables).map(({ name }) => name);
const SUBJECTS = Object.values<Table>(tables).flatMap(({ name, keySchema }) =>
  keySchema === undefined ? [`${name}-value`] : [`${name}-key`, `${name}-value`],
);
const STACKS = [
  "streaming-platform",
  "streaming-credentials",
  "event-streams",
  "flight-analytics",
  "stock-analytics",
];
const built = new Map(
  environments.map((environment) => [environment.name, application(environment)]),
);

function stacksOf(name: EnvironmentConfig["name"]): Record<string, SynthesizedStack> {
  const stacks: Record<string, SynthesizedStack> = built.get(name)?.stacks ?? {};
  return Object.fromEntries(
    Object.entries(stacks).map(([full, stack]) => [full.replace(`lakehouse-${name}-`, ""), stack]),
  );
}

function addresses(stack: SynthesizedStack | undefined): string[] {
  return Object.entries(stack?.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((id) => `${type}.${id}`),
  );
}

describe.each(["sandbox", "dev", "prod"] as const)("%s", (name) => {
  const stacks = stacksOf(name);

  test("has five stacks, which depend on each other one way", () => {
    const prefix = `lakehouse-${name}-`;
    const dependencies = Object.fromEntries(
      Object.entries(built.get(name)?.manifest.stacks ?? {}).map(([full, stack]) => [
        full.replace(prefix, ""),
        stack.dependencies.map((other) => other.replace(prefix, "")).sort(),
      ]),
    );
    expect(dependencies).toEqual({
      "streaming-platform": [],
      "streaming-credentials": ["streaming-platform"],
      "event-streams": ["streaming-credentials", "streaming-platform"],
      "flight-analytics": ["event-streams", "streaming-credentials", "streaming-platform"],
      "stock-analytics": ["event-streams", "streaming-credentials", "streaming-platform"],
    });
  });

  test("A-R6: nobody reads the state that holds keys", () => {
    for (const stack of Object.values(stacks)) {
      expect(Object.keys(stack.data?.["terraform_remote_state"] ?? {})).not.toContain(
        `cross-stack-reference-input-lakehouse-${name}-streaming-credentials`,
      );
    }
    expect(stacks["streaming-credentials"]?.output).toBeUndefined();
  });

  test("P-01, P-02: no provider carries a literal credential", () => {
    const credentials = Object.values(stacks)
      .flatMap((stack) => Object.values(stack.provider ?? {}).flat())
      .flatMap((block) => Object.entries(block))
      .filter(([argument]) => /key|secret|token|password/.test(argument))
      .map(([, value]) => String(value));
    expect(credentials).toHaveLength(8);
    expect(credentials.filter((value) => !value.startsWith("${jsondecode(ephemeral."))).toEqual([]);
  });

  test("no resource carries a credentials block", () => {
    const all = Object.values(stacks).flatMap((stack) =>
      Object.values(stack.resource ?? {}).flatMap((blocks) => Object.values(blocks)),
    );
    expect(all.filter((resource) => "credentials" in resource)).toEqual([]);
  });

  test("K-14: every account-wide name carries system and environment", () => {
    const names = Object.values(stacks).flatMap(({ resource }) =>
      ["aws_secretsmanager_secret", "aws_ssm_parameter"].flatMap((type) =>
        Object.values(resource?.[type] ?? {}).map((one) => String(one["name"])),
      ),
    );
    expect(names).toHaveLength(12 + 16 + 3);
    expect(
      names.filter((path) => !path.startsWith(`/confluent_cloud_resource/lakehouse-${name}/`)),
    ).toEqual([]);
  });

  test("Terraform and providers are pinned to what the application is known to work with", () => {
    for (const stack of STACKS.map((id) => stacks[id])) {
      expect(stack?.terraform["required_version"]).toBe(">= 1.11.0");
      expect(stack?.terraform["required_providers"]).toEqual({
        aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" },
        confluent: { source: "confluentinc/confluent", version: "2.83.0" },
      });
    }
  });
});

test("environments differ in values, never in what exists", () => {
  const shape = (name: EnvironmentConfig["name"]) =>
    STACKS.map((stack) => [
      stack,
      // The consumers' groups begin with the environment's name, and so does the id of their role.
      addresses(withoutHashes(stacksOf(name)[stack])).map((address) =>
        address.replace(`lakehouse-${name}`, "<base>"),
      ),
    ]);
  expect(shape("dev")).toEqual(shape("sandbox"));
  expect(shape("prod")).toEqual(shape("sandbox"));
});

test("what holds data survives in prod and goes in sandbox and dev", () => {
  const lifecycles = (name: EnvironmentConfig["name"]) =>
    Object.values(stacksOf(name)).flatMap((stack) =>
      [
        "confluent_environment",
        "confluent_kafka_cluster",
        "confluent_kafka_topic",
        "confluent_schema",
      ].flatMap((type) =>
        Object.values(stack.resource?.[type] ?? {}).map(
          (resource) => (resource["lifecycle"] as { prevent_destroy: boolean }).prevent_destroy,
        ),
      ),
    );
  // The environment and the cluster hold data as well.
  const count = 2 + TOPICS.length + SUBJECTS.length;
  expect(lifecycles("prod")).toEqual(Array<boolean>(count).fill(true));
  expect(lifecycles("dev")).toEqual(Array<boolean>(count).fill(false));
  expect(lifecycles("sandbox")).toEqual(Array<boolean>(count).fill(false));
});

test("H-01: both airlines are read once, each under its own name", () => {
  const [statement] = Object.values(
    stacksOf("prod")["flight-analytics"]?.resource?.["confluent_flink_statement"] ?? {},
  );
  const sql = String(statement?.["statement"]);
  const branches = [...sql.matchAll(/'(\w+)' AS airline\s+FROM (\w+)/g)].map(([, label, table]) => [
    label,
    table,
  ]);
  expect(branches).toEqual([
    ["SkyOne", "skyone_avro"],
    ["Sunset", "sunset_avro"],
  ]);
});

test("H-02: each column is inserted at its own place", () => {
  const [statement] = Object.values(
    stacksOf("prod")["flight-analytics"]?.resource?.["confluent_flink_statement"] ?? {},
  );
  const sql = String(statement?.["statement"]).replace(/--.*$/gm, "");
  const columns = (text: string | undefined) =>
    (text ?? "").split(",").map((part) => part.trim().replace(/^'.*' AS /, ""));
  const sink = columns(/INSERT INTO flight_union \(([^)]*)\)/.exec(sql)?.[1]);
  const selects = [...sql.matchAll(/SELECT([\s\S]*?)FROM/g)].map(([, list]) => columns(list));
  expect(sink).toHaveLength(8);
  expect(selects).toEqual([sink, sink]);
});

test("one owner a table: every table that a statement names is a topic with a schema of Terraform's", () => {
  const { resource } = stacksOf("prod")["event-streams"] ?? {};
  const topics = Object.values(resource?.["confluent_kafka_topic"] ?? {});
  const subjects = Object.values(resource?.["confluent_schema"] ?? {});
  expect(topics.map((topic) => topic["topic_name"]).sort()).toEqual([...TOPICS].sort());
  expect(subjects.map((schema) => schema["subject_name"]).sort()).toEqual([...SUBJECTS].sort());
  const named = ["flight-analytics", "stock-analytics"].flatMap((stack) =>
    Object.values(stacksOf("prod")[stack]?.resource?.["confluent_flink_statement"] ?? {}).flatMap(
      ({ statement }) =>
        [...String(statement).matchAll(/^(?:INSERT INTO|FROM) (\w+)/gm)].map(([, table]) => table),
    ),
  );
  expect(named).toEqual([
    ...["flight_union", "skyone_avro", "sunset_avro"],
    ...["stock_trades_with_totals", "stock_trades"],
  ]);
  expect(TOPICS).toEqual(expect.arrayContaining(named));
});
