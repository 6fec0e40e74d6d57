import { readFileSync } from "node:fs";

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
  "delivery-foundation",
  "streaming-platform",
  "streaming-credentials",
  "event-streams",
  "flight-consolidator",
  "flyer-stats",
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

  test("has seven stacks, which depend on each other one way", () => {
    const prefix = `lakehouse-${name}-`;
    const dependencies = Object.fromEntries(
      Object.entries(built.get(name)?.manifest.stacks ?? {}).map(([full, stack]) => [
        full.replace(prefix, ""),
        stack.dependencies.map((other) => other.replace(prefix, "")).sort(),
      ]),
    );
    const flink = ["event-streams", "streaming-credentials", "streaming-platform"];
    expect(Object.keys(dependencies)).toEqual(STACKS.toSorted());
    expect(dependencies).toEqual({
      "delivery-foundation": [],
      "streaming-platform": [],
      "streaming-credentials": ["streaming-platform"],
      "event-streams": ["streaming-credentials", "streaming-platform"],
      "flight-consolidator": ["delivery-foundation", ...flink],
      "flyer-stats": flink,
      "stock-analytics": flink,
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
    expect(credentials).toHaveLength(6);
    expect(credentials.filter((value) => !value.startsWith("${jsondecode(ephemeral."))).toEqual([]);
  });

  test("no resource carries a credentials block", () => {
    const all = Object.values(stacks).flatMap((stack) =>
      Object.values(stack.resource ?? {}).flatMap((blocks) => Object.values(blocks)),
    );
    expect(all.filter((resource) => "credentials" in resource)).toEqual([]);
  });

  test("K-14: every account-wide name carries system and environment", () => {
    const named = (types: readonly string[], attribute: string): string[] =>
      Object.values(stacks).flatMap(({ resource }) =>
        types.flatMap((type) =>
          Object.values(resource?.[type] ?? {}).map((one) => String(one[attribute])),
        ),
      );
    const paths = named(["aws_secretsmanager_secret", "aws_ssm_parameter"], "name");
    expect(paths).toHaveLength(13 + 16 + 2);
    expect(
      paths.filter((path) => !path.startsWith(`/confluent_cloud_resource/lakehouse-${name}/`)),
    ).toEqual([]);
    const names = [
      ...named(["aws_ecr_repository", "aws_iam_role"], "name"),
      ...named(["aws_lambda_function"], "function_name"),
      ...named(["aws_cloudwatch_log_group"], "name").map((path) =>
        path.replace("/aws/lambda/", ""),
      ),
    ];
    expect(names).toHaveLength(7);
    expect(names.filter((one) => !one.startsWith(`lakehouse-${name}-`))).toEqual([]);
  });

  test("P-10: a secret is named once, and all others refer to it", () => {
    const texts = Object.values(stacks).flatMap((stack) =>
      Object.entries(stack.resource ?? {})
        .filter(([type]) => type !== "aws_secretsmanager_secret" && type !== "aws_ssm_parameter")
        .map(([, blocks]) => JSON.stringify(blocks)),
    );
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => text.includes("confluent_cloud_resource"))).toEqual([]);
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
        "aws_ecr_repository",
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
  // The environment and the cluster hold data as well, and the repository images.
  const count = 3 + TOPICS.length + SUBJECTS.length;
  expect(lifecycles("prod")).toEqual(Array<boolean>(count).fill(true));
  expect(lifecycles("dev")).toEqual(Array<boolean>(count).fill(false));
  expect(lifecycles("sandbox")).toEqual(Array<boolean>(count).fill(false));
});

/** The golden SQL of each statement that a function submits, by the table that it fills. */
function compiled(name: EnvironmentConfig["name"]): Record<string, string> {
  const events = ["flight-consolidator", "flyer-stats"]
    .flatMap((stack) =>
      Object.values(stacksOf(name)[stack]?.resource?.["aws_lambda_invocation"] ?? {}),
    )
    .map(({ input }) => JSON.parse(String(input)) as DeployerEvent)
    .filter(({ role }) => role === "deploy");
  return Object.fromEntries(
    events.flatMap(({ app, statements = [] }) =>
      statements.map(({ sink }) => [
        sink,
        readFileSync(`pipelines/${app.pipeline}/compiled/${sink}.sql`, "utf8"),
      ]),
    ),
  );
}

interface DeployerEvent {
  readonly role: string;
  readonly app: { readonly pipeline: string };
  readonly statements?: readonly { readonly sink: string }[];
}

test("H-01: both airlines are read once, each under its own name", () => {
  const sql = compiled("prod")["flight_avro"] ?? "";
  expect([...sql.matchAll(/\b(skyone|sunset)_avro\b/g)].map(([table]) => table)).toEqual([
    "skyone_avro",
    "sunset_avro",
  ]);
  const [first = "", second = ""] = sql.split("UNION ALL");
  expect([first.includes("SkyOne"), first.includes("Sunset")]).toEqual([true, false]);
  expect([second.includes("SkyOne"), second.includes("Sunset")]).toEqual([false, true]);
});

test("one owner a table: every table that a statement names is a topic with a schema of Terraform's", () => {
  const { resource } = stacksOf("prod")["event-streams"] ?? {};
  const topics = Object.values(resource?.["confluent_kafka_topic"] ?? {});
  const subjects = Object.values(resource?.["confluent_schema"] ?? {});
  expect(topics.map((topic) => topic["topic_name"]).sort()).toEqual([...TOPICS].sort());
  expect(subjects.map((schema) => schema["subject_name"]).sort()).toEqual([...SUBJECTS].sort());
  const statements = Object.values(
    stacksOf("prod")["stock-analytics"]?.resource?.["confluent_flink_statement"] ?? {},
  ).map(({ statement }) => String(statement));
  const texts = [...Object.values(compiled("prod")), ...statements];
  const named = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:INSERT INTO|FROM|TABLE) `?(\w+)/g)].map(([, table]) => table),
  );
  expect(new Set(named.filter((table) => table !== undefined && TOPICS.includes(table)))).toEqual(
    new Set([
      ...["flight_avro", "skyone_avro", "sunset_avro"],
      ...["flyer_stats_avro", "stock_trades_with_totals", "stock_trades"],
    ]),
  );
});
