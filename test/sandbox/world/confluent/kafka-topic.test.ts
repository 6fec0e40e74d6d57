import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

interface Streams {
  readonly platform: Platform;
  readonly streams: TerraformObject;
}

async function administered(): Promise<Streams> {
  const platform = await Platform.create();
  return { platform, streams: await platform.streams(await platform.administrator()) };
}

test("with its arguments in the provider block, the state holds nothing about the call", async () => {
  const { platform, streams } = await administered();
  const topic = await platform.terraform.create("kafka_topic", planned.topic("orders"), streams);

  expect(topic).toEqual({
    id: `${platform.ids.cluster}/orders`,
    topic_name: "orders",
    partitions_count: 6,
    config: { "retention.ms": "604800000" },
    rest_endpoint: null,
    credentials: [],
    kafka_cluster: [],
  });
  expect(await platform.terraform.read("kafka_topic", topic, streams)).toEqual(topic);
  expect(
    await platform.terraform.call("import", "kafka_topic", {
      id: `${platform.ids.cluster}/orders`,
      configuration: streams,
    }),
  ).toMatchObject({ state: { topic_name: "orders", partitions_count: 6 }, diagnostics: [] });
});

test("with its own arguments, the state holds them", async () => {
  const { platform, streams } = await administered();
  const own = {
    rest_endpoint: text(streams, "kafka_rest_endpoint"),
    credentials: [
      { key: text(streams, "kafka_api_key"), secret: text(streams, "kafka_api_secret") },
    ],
    kafka_cluster: [{ id: platform.ids.cluster }],
  };
  const topic = await platform.terraform.create("kafka_topic", planned.topic("orders", own));

  expect(topic).toMatchObject(own);
  expect(await platform.terraform.read("kafka_topic", topic)).toEqual(topic);
});

test.each([
  [
    "rest_endpoint",
    "one of provider.kafka_rest_endpoint (defaults to KAFKA_REST_ENDPOINT environment variable) or resource.rest_endpoint must be set",
  ],
  [
    "credentials",
    "one of (provider.kafka_api_key, provider.kafka_api_secret), (KAFKA_API_KEY, KAFKA_API_SECRET environment variables) or (resource.credentials.key, resource.credentials.secret) must be set",
  ],
  [
    "kafka_cluster",
    "one of provider.kafka_id (defaults to KAFKA_ID environment variable) or resource.kafka_cluster.id must be set",
  ],
])("fails without %s anywhere", async (missing, message) => {
  const platform = await Platform.create();
  const own = {
    rest_endpoint: text(platform.cluster, "rest_endpoint"),
    credentials: [{ key: "KEY", secret: "secret" }],
    kafka_cluster: [{ id: platform.ids.cluster }],
    [missing]: null,
  };

  expect(
    await platform.terraform.refusal("create", "kafka_topic", { planned: planned.topic("t", own) }),
  ).toBe(`error creating Kafka Topic: ${message}`);
});

test.each([
  [
    "https://pkc-none.us-east-1.aws.confluent.cloud:443",
    "dial tcp: lookup pkc-none.us-east-1.aws.confluent.cloud: no such host",
  ],
  ["https:nowhere:x", 'parse "https:nowhere:x": not a URL'],
])("fails at the endpoint %s", async (kafka_rest_endpoint, message) => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("create", "kafka_topic", {
      planned: planned.topic("t"),
      configuration: { ...streams, kafka_rest_endpoint },
    }),
  ).toContain(`error creating Kafka Topic: ${message}`);
});

test("fails when the name is taken", async () => {
  const { platform, streams } = await administered();
  await platform.terraform.create("kafka_topic", planned.topic("orders"), streams);

  expect(
    await platform.terraform.refusal("create", "kafka_topic", {
      planned: planned.topic("orders"),
      configuration: streams,
    }),
  ).toBe("error creating Kafka Topic: 400 Bad Request: Topic 'orders' already exists.");
});

test.each([
  [
    { "retention.ms": "-2" },
    "Config property 'retention.ms' with value '-2' exceeded min limit of -1.",
  ],
  [{ "retention.ms": "week" }, "Invalid value week for configuration retention.ms"],
  [{ "cleanup.policy": "forget" }, "Invalid value forget for configuration cleanup.policy"],
  [{ "retention.weeks": "1" }, "Unknown topic config name: retention.weeks"],
])("fails for the settings %j", async (config, message) => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("create", "kafka_topic", {
      planned: planned.topic("t", { config }),
      configuration: streams,
    }),
  ).toBe(`error creating Kafka Topic: 400 Bad Request: ${message}`);
});

test("partitions can be added and settings changed", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const topic = await terraform.create("kafka_topic", planned.topic("orders"), streams);
  const change = {
    partitions_count: 12,
    config: { "cleanup.policy": "compact", "retention.bytes": "-1" },
  };
  const changed = await terraform.update("kafka_topic", topic, change, streams);

  expect(changed).toEqual({ ...topic, ...change });
  expect(await terraform.read("kafka_topic", changed, streams)).toEqual(changed);
});

test("settings can change while the partitions stay", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const topic = await terraform.create("kafka_topic", planned.topic("orders"), streams);
  const change = { config: { "retention.ms": "1" } };
  const changed = await terraform.update("kafka_topic", topic, change, streams);

  expect(changed).toEqual({ ...topic, ...change });
  expect(await terraform.read("kafka_topic", changed, streams)).toEqual(changed);
});

test("partitions cannot be taken away, and the provider takes the number back", async () => {
  const { platform, streams } = await administered();
  const topic = await platform.terraform.create("kafka_topic", planned.topic("orders"), streams);
  const config = { "retention.ms": "1" };

  expect(
    await platform.terraform.call("update", "kafka_topic", {
      prior: topic,
      planned: { ...topic, partitions_count: 2, config },
      configuration: streams,
    }),
  ).toEqual({
    state: { ...topic, partitions_count: 6, config },
    diagnostics: [
      {
        severity: "error",
        summary:
          "400 Bad Request: Topic currently has 6 partitions, which is higher than the requested 2.",
      },
    ],
  });
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const { platform, streams } = await administered();
  const { terraform } = platform;
  const topic = await terraform.create("kafka_topic", planned.topic("orders"), streams);
  await terraform.delete("kafka_topic", topic, streams);

  expect(await terraform.read("kafka_topic", topic, streams)).toBeNull();
  expect(
    await terraform.refusal("delete", "kafka_topic", { prior: topic, configuration: streams }),
  ).toBe(
    `error deleting Kafka Topic "${platform.ids.cluster}/orders": 404 Not Found: This server does not host this topic-partition.`,
  );
});

test("fails to import an id without a cluster", async () => {
  const { platform, streams } = await administered();

  expect(
    await platform.terraform.refusal("import", "kafka_topic", {
      id: "orders",
      configuration: streams,
    }),
  ).toBe(
    "error importing Kafka Topic \"orders\": invalid format: expected '<Kafka cluster ID>/<topic name>'",
  );
});

describe("permissions", () => {
  /** Tries everything with a topic "orders". @returns what was allowed */
  async function allowed(platform: Platform, accountId: string): Promise<readonly string[]> {
    const { terraform } = platform;
    const administrator = await platform.streams(await platform.administrator("owner"));
    const existing = await terraform.create(
      "kafka_topic",
      planned.topic("orders.old"),
      administrator,
    );
    const configuration = await platform.streams(accountId);
    const tries = {
      create: { planned: planned.topic("orders.new") },
      read: { state: existing },
      update: { prior: existing, planned: { ...existing, partitions_count: 8 } },
      delete: { prior: existing },
    } as const;
    const results: string[] = [];
    for (const operation of ["create", "read", "update", "delete"] as const) {
      const { diagnostics } = await terraform.call(operation, "kafka_topic", {
        ...tries[operation],
        configuration,
      });
      if (diagnostics.length === 0) {
        results.push(operation);
      } else {
        expect(diagnostics[0]?.summary).toContain("403 Forbidden: Authorization failed");
      }
    }
    return results;
  }

  const everything = ["create", "read", "update", "delete"];

  test.each<[string, string, readonly string[]]>([
    ["DeveloperManage", "orders.*", everything],
    ["ResourceOwner", "*", everything],
    // Reading a topic's settings takes DescribeConfigs, which the other developer roles do not have.
    ["DeveloperRead", "orders.*", []],
    ["DeveloperWrite", "orders.*", []],
    ["DeveloperManage", "orders", []],
    ["DeveloperManage", "payments.*", []],
  ])("%s on the topics %s allows %j", async (role, pattern, expected) => {
    const platform = await Platform.create();
    const account = await platform.account("a");
    await platform.grant(account, role, platform.topicCrn(pattern));

    expect(await allowed(platform, account)).toEqual(expected);
  });

  test.each<[string, (platform: Platform) => string, readonly string[]]>([
    ["CloudClusterAdmin", ({ cluster }) => text(cluster, "rbac_crn"), everything],
    ["EnvironmentAdmin", ({ environment }) => text(environment, "resource_name"), everything],
    ["OrganizationAdmin", ({ organization }) => text(organization, "resource_name"), everything],
    ["FlinkDeveloper", ({ environment }) => text(environment, "resource_name"), []],
    ["CloudClusterOperator", ({ cluster }) => text(cluster, "rbac_crn"), []],
  ])("%s allows %j", async (role, crnOf, expected) => {
    const platform = await Platform.create();
    const account = await platform.account("a");
    await platform.grant(account, role, crnOf(platform));

    expect(await allowed(platform, account)).toEqual(expected);
  });

  test("a revoked role counts at the next call, and the refusal names what is missing", async () => {
    const platform = await Platform.create();
    const { terraform } = platform;
    const account = await platform.account("a");
    const binding = await platform.grant(account, "DeveloperManage", platform.topicCrn("orders"));
    const streams = await platform.streams(account);
    const topic = await terraform.create("kafka_topic", planned.topic("orders"), streams);
    await terraform.delete("role_binding", binding);

    expect(
      await terraform.refusal("read", "kafka_topic", { state: topic, configuration: streams }),
    ).toBe(
      "error reading Kafka Topic: 403 Forbidden: Authorization failed\n" +
        `${account} may not Describe ${platform.topicCrn("orders")}; roles that allow it: ` +
        "OrganizationAdmin, EnvironmentAdmin, CloudClusterAdmin, ResourceOwner, DeveloperRead, DeveloperWrite, DeveloperManage",
    );
  });
});
