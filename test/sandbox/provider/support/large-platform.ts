/** How many tables, and how many statements, each with a principal of its own, that copy one into the next. */
export interface PlatformSize {
  readonly tables: number;
  readonly statements: number;
}

type Blocks = Record<string, Record<string, unknown>>;

const ENVIRONMENT = "${confluent_environment.main.id}";
const KAFKA_CRN =
  "${confluent_kafka_cluster.main.rbac_crn}/kafka=${confluent_kafka_cluster.main.id}";
const SUBJECT_CRN = "${data.confluent_schema_registry_cluster.main.resource_name}/subject=";

const valueSchema = JSON.stringify({
  type: "record",
  name: "Order",
  fields: [{ name: "id", type: "long" }],
});

/**
 * A platform in the application's mix of resources as one root module. Its levels of dependency: environment and
 * accounts; cluster and pool; role bindings and keys; topics; schemas; statements.
 */
export function largePlatform(worldUrl: string, { tables, statements }: PlatformSize): unknown {
  const resource: Blocks = {
    confluent_environment: {
      main: { display_name: "large", stream_governance: { package: "ESSENTIALS" } },
    },
    confluent_kafka_cluster: {
      main: { display_name: "large", availability: "LOW", ...inRegion(), standard: {} },
    },
    confluent_flink_compute_pool: { main: { display_name: "large", max_cfu: 50, ...inRegion() } },
    confluent_service_account: { manager: { display_name: "manager" } },
    confluent_role_binding: {},
    confluent_api_key: {
      kafka: apiKey("manager", "${confluent_kafka_cluster.main.id}", "cmk/v2", "Cluster"),
      registry: apiKey(
        "manager",
        "${data.confluent_schema_registry_cluster.main.id}",
        "srcm/v3",
        "Cluster",
      ),
    },
    confluent_kafka_topic: {},
    confluent_schema: {},
    confluent_flink_statement: {},
  };
  const add = (type: string, name: string, body: unknown): void => {
    (resource[type] ??= {})[name] = body;
  };
  const grant = (account: string, name: string, role: string, crnPattern: string): string => {
    const binding = `${account}_${name}`;
    add("confluent_role_binding", binding, {
      principal: `User:\${confluent_service_account.${account}.id}`,
      role_name: role,
      crn_pattern: crnPattern,
    });
    return `confluent_role_binding.${binding}`;
  };

  const managing = [
    grant("manager", "topics", "DeveloperManage", `${KAFKA_CRN}/topic=*`),
    ...["DeveloperRead", "DeveloperWrite", "DeveloperManage"].map((role) =>
      grant("manager", role, role, `${SUBJECT_CRN}*`),
    ),
  ];
  for (let index = 0; index < tables; index += 1) {
    add("confluent_kafka_topic", `t${index}`, {
      kafka_cluster: { id: "${confluent_kafka_cluster.main.id}" },
      rest_endpoint: "${confluent_kafka_cluster.main.rest_endpoint}",
      credentials: credentials("kafka"),
      topic_name: `t${index}`,
      partitions_count: 1,
      config: { "retention.ms": "604800000" },
      depends_on: managing,
    });
    add("confluent_schema", `t${index}`, {
      schema_registry_cluster: { id: "${data.confluent_schema_registry_cluster.main.id}" },
      rest_endpoint: "${data.confluent_schema_registry_cluster.main.rest_endpoint}",
      credentials: credentials("registry"),
      subject_name: `\${confluent_kafka_topic.t${index}.topic_name}-value`,
      format: "AVRO",
      schema: valueSchema,
    });
  }
  for (let index = 0; index < statements; index += 1) {
    const [account, source, sink] = [`runner${index}`, `t${index}`, `t${index + 1}`];
    add("confluent_service_account", account, { display_name: account });
    add(
      "confluent_api_key",
      account,
      apiKey(account, "${data.confluent_flink_region.main.id}", "fcpm/v2", "Region"),
    );
    const running = [
      grant(account, "flink", "FlinkDeveloper", "${confluent_environment.main.resource_name}"),
      grant(
        account,
        "itself",
        "Assigner",
        `\${data.confluent_organization.main.resource_name}/service-account=\${confluent_service_account.${account}.id}`,
      ),
      grant(
        account,
        "commits",
        "DeveloperWrite",
        `${KAFKA_CRN}/transactional-id=_confluent-flink_*`,
      ),
      grant(
        account,
        "sees_commits",
        "DeveloperRead",
        `${KAFKA_CRN}/transactional-id=_confluent-flink_*`,
      ),
      grant(account, "reads", "DeveloperRead", `${KAFKA_CRN}/topic=${source}`),
      grant(account, "writes", "DeveloperWrite", `${KAFKA_CRN}/topic=${sink}`),
      grant(account, "reads_schema", "DeveloperRead", `${SUBJECT_CRN}${source}-value`),
      grant(account, "writes_schema", "DeveloperRead", `${SUBJECT_CRN}${sink}-value`),
    ];
    add("confluent_flink_statement", account, {
      organization: { id: "${data.confluent_organization.main.id}" },
      environment: { id: ENVIRONMENT },
      compute_pool: { id: "${confluent_flink_compute_pool.main.id}" },
      principal: { id: `\${confluent_service_account.${account}.id}` },
      rest_endpoint: "${data.confluent_flink_region.main.rest_endpoint}",
      credentials: credentials(account),
      statement_name: account,
      statement: `INSERT INTO ${sink} (id) SELECT id FROM ${source}`,
      properties: { "sql.current-catalog": "large", "sql.current-database": "large" },
      depends_on: [...running, `confluent_schema.${source}`, `confluent_schema.${sink}`],
    });
  }
  return {
    terraform: { required_providers: { confluent: { source: "confluentinc/confluent" } } },
    provider: {
      confluent: { endpoint: worldUrl, cloud_api_key: "key", cloud_api_secret: "secret" },
    },
    data: {
      confluent_organization: { main: { depends_on: ["confluent_environment.main"] } },
      confluent_flink_region: { main: { cloud: "AWS", region: "us-east-1" } },
      confluent_schema_registry_cluster: {
        main: { environment: { id: ENVIRONMENT }, depends_on: ["confluent_kafka_cluster.main"] },
      },
    },
    resource,
  };
}

function inRegion(): object {
  return { cloud: "AWS", region: "us-east-1", environment: { id: ENVIRONMENT } };
}

function credentials(key: string): object {
  return { key: `\${confluent_api_key.${key}.id}`, secret: `\${confluent_api_key.${key}.secret}` };
}

function apiKey(account: string, id: string, apiVersion: string, kind: string): object {
  return {
    display_name: `${account} ${kind} ${apiVersion}`,
    owner: {
      id: `\${confluent_service_account.${account}.id}`,
      api_version: "iam/v2",
      kind: "ServiceAccount",
    },
    managed_resource: { id, api_version: apiVersion, kind, environment: { id: ENVIRONMENT } },
  };
}
