import { secretValue } from "../support/secret-value";
import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const NEWEST = "[local.Rotation_Living[0]]";

/** The three fields by which Confluent refers to an object. */
function objectReference(address: string): object {
  return {
    id: `\${${address}.id}`,
    api_version: `\${${address}.api_version}`,
    kind: `\${${address}.kind}`,
  };
}

const OPENS = {
  kafka: objectReference("confluent_kafka_cluster.KafkaCluster"),
  "schema-registry": objectReference("data.confluent_schema_registry_cluster.SchemaRegistry"),
  flink: objectReference("data.confluent_flink_region.FlinkRegion"),
  tableflow: { id: "tableflow", api_version: "tableflow/v1", kind: "Tableflow" },
};

/** Each rotating key by its logical id: the owner's logical id and purpose, and what it opens. */
const KEYS: Readonly<Record<string, readonly [string, string, keyof typeof OPENS]>> = {
  Streams_KafkaKey: ["StreamsManager", "streams-manager", "kafka"],
  Streams_SchemaRegistryKey: ["StreamsManager", "streams-manager", "schema-registry"],
  FlinkKey: ["FlinkDeployer", "flink-deployer", "flink"],
  AppProducer_KafkaKey: ["AppProducer", "app-producer", "kafka"],
  AppProducer_SchemaRegistryKey: ["AppProducer", "app-producer", "schema-registry"],
  AppConsumer_KafkaKey: ["AppConsumer", "app-consumer", "kafka"],
  AppConsumer_SchemaRegistryKey: ["AppConsumer", "app-consumer", "schema-registry"],
  Tableflow_Key: ["TableflowManager", "tableflow-manager", "tableflow"],
};

function apiKeys(base: string): object {
  const keys = Object.entries(KEYS).map(([id, [owner, purpose, service]]) => {
    const displayName = `${base}-${purpose}-${service}-\${each.key}`;
    const key = {
      for_each: "${toset(local.Rotation_Living)}",
      display_name: displayName,
      description: `${displayName}, managed by Terraform`,
      owner: objectReference(`confluent_service_account.${owner}`),
      managed_resource: {
        ...OPENS[service],
        environment: [{ id: "${confluent_environment.Environment.id}" }],
      },
    };
    return [id, key] as const;
  });
  return Object.fromEntries(keys);
}

const newest = (key: string): string => `confluent_api_key.${key}${NEWEST}`;

/** What the secret of one Flink principal holds. */
function flinkValue(principal: string, region: string): object {
  const key = newest("FlinkKey");
  return secretValue(
    `${principal}Secret`,
    {
      "flink.cloud": '"AWS"',
      "flink.region": JSON.stringify(region),
      "flink.api.key": `${key}.id`,
      "organization.id": "data.confluent_organization.Organization.id",
      "environment.id": "confluent_environment.Environment.id",
      "flink.compute.pool.id": `confluent_flink_compute_pool.${principal}Pool.id`,
      "flink.principal.id": `confluent_service_account.${principal}_Account.id`,
    },
    { "flink.api.secret": `${key}.secret` },
    [`${key}.id`],
  );
}

/** What the four secrets of an application identity hold. */
function clientValues(identity: string): object {
  const kafka = newest(`${identity}_KafkaKey`);
  const registry = newest(`${identity}_SchemaRegistryKey`);
  const bootstrap =
    'replace(confluent_kafka_cluster.KafkaCluster.bootstrap_endpoint, "SASL_SSL://", "")';
  const escaped = (text: string): string =>
    String.raw`replace(replace(${text}, "\\", "\\\\"), "\"", "\\\"")`;
  const login = String.raw`"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"`;
  const registryValue = (secret: string): object =>
    secretValue(
      secret,
      {
        "schema.registry.url":
          "data.confluent_schema_registry_cluster.SchemaRegistry.rest_endpoint",
        "schema.registry.basic.auth.credentials.source": '"USER_INFO"',
      },
      {
        "schema.registry.basic.auth.user.info": `"\${${registry}.id}:\${${registry}.secret}"`,
      },
      [`${registry}.id`],
    );
  return {
    [`${identity}_KafkaJava`]: secretValue(
      `${identity}Secrets_KafkaJava`,
      { "bootstrap.servers": bootstrap },
      {
        "sasl.jaas.config": `format(${login}, ${escaped(`${kafka}.id`)}, ${escaped(`${kafka}.secret`)})`,
      },
      [`${kafka}.id`],
    ),
    [`${identity}_KafkaPython`]: secretValue(
      `${identity}Secrets_KafkaPython`,
      { "bootstrap.servers": bootstrap, "sasl.username": `${kafka}.id` },
      { "sasl.password": `${kafka}.secret` },
      [`${kafka}.id`],
    ),
    [`${identity}_SchemaRegistryJava`]: registryValue(`${identity}Secrets_SchemaRegistryJava`),
    [`${identity}_SchemaRegistryPython`]: registryValue(`${identity}Secrets_SchemaRegistryPython`),
  };
}

describe.each(inEveryEnvironment("streaming-credentials"))("%s", (_, config, stack, base) => {
  const { keyRotationDays = 30, keysKept = 2 } = config.streaming;
  const path = `/confluent_cloud_resource/${base}/streaming-credentials`;

  test("C-17, K-05: each identity owns the keys that it needs, and each secret holds one identity's newest", () => {
    const streams = [newest("Streams_KafkaKey"), newest("Streams_SchemaRegistryKey")] as const;
    const tableflow = newest("Tableflow_Key");
    expect(stack.resource).toEqual({
      aws_ssm_parameter: expect.anything(),
      confluent_api_key: apiKeys(base),
      aws_secretsmanager_secret_version: {
        Streams_Value: secretValue(
          "StreamsSecret",
          {
            "kafka.cluster.id": "confluent_kafka_cluster.KafkaCluster.id",
            "kafka.api.key": `${streams[0]}.id`,
            "schema.registry.id": "data.confluent_schema_registry_cluster.SchemaRegistry.id",
            "schema.registry.api.key": `${streams[1]}.id`,
          },
          {
            "kafka.api.secret": `${streams[0]}.secret`,
            "schema.registry.api.secret": `${streams[1]}.secret`,
          },
          [`${streams[0]}.id`, `${streams[1]}.id`],
        ),
        FlightConsolidator_Value: flinkValue("FlightConsolidator", config.aws.region),
        FlyerStats_Value: flinkValue("FlyerStats", config.aws.region),
        StockAnalytics_Value: flinkValue("StockAnalytics", config.aws.region),
        ...clientValues("AppProducer"),
        ...clientValues("AppConsumer"),
        Tableflow_Value: secretValue(
          "TableflowSecret",
          {
            "tableflow.api.key": `${tableflow}.id`,
            "environment.id": "confluent_environment.Environment.id",
            "kafka.cluster.id": "confluent_kafka_cluster.KafkaCluster.id",
          },
          { "tableflow.api.secret": `${tableflow}.secret` },
          [`${tableflow}.id`],
        ),
      },
    });
  });

  test("has one rotation, which is remembered after every secret is written", () => {
    const values = Object.keys(stack.resource?.["aws_secretsmanager_secret_version"] ?? {});
    const [memory, ...others] = Object.values(stack.resource?.["aws_ssm_parameter"] ?? {});
    expect(others).toEqual([]);
    expect(memory).toMatchObject({
      name: `${path}/rotation`,
      insecure_value:
        '${jsonencode({"generation" = local.Rotation_Generation, "at" = local.Rotation_At})}',
    });
    expect([memory?.["depends_on"]].flat().sort()).toEqual(
      values.map((id) => `aws_secretsmanager_secret_version.${id}`).sort(),
    );
    expect(stack.locals).toMatchObject({
      Rotation_Due: expect.stringContaining(`"${keyRotationDays * 24}h"`),
      Rotation_Living: expect.stringContaining(`range(${keysKept})`),
    });
    expect(Object.keys(stack.variable ?? {}).sort()).toEqual(["rotate_now", "rotation_clock"]);
  });

  test("A-R6, A-R8, A-R9: reads the platform and its own memory, puts out nothing, and needs no provider of time", () => {
    const { terraform, provider, data, output } = stack;
    expect(terraform).toEqual(terraformBlock(config, "streaming-credentials"));
    expect(provider).toEqual({
      aws: [awsProvider(config, "streaming-credentials")],
      confluent: [{}],
    });
    expect(data).toEqual({
      ...platformState(config),
      aws_ssm_parameters_by_path: { RotationMemory_Read: { path } },
    });
    expect(output).toBeUndefined();
  });
});
