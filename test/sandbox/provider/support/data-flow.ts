type Body = Readonly<Record<string, unknown>>;

/** What a test changes of {@link dataFlow}. */
export interface DataFlowChange {
  readonly query?: string;
  readonly connectorStatus?: string;
  /** Arguments of the role binding that lets the table read the connector's topic. */
  readonly readBinding?: Body;
}

const ENVIRONMENT = { id: "${confluent_environment.main.id}" };
const CLUSTER = { id: "${confluent_kafka_cluster.main.id}" };
const KAFKA = "${confluent_kafka_cluster.main.rbac_crn}/kafka=${confluent_kafka_cluster.main.id}";
const SUBJECT = "${data.confluent_schema_registry_cluster.main.resource_name}/subject=";

/** A Datagen connector that fills a topic, and a materialized table over it, each with the roles that it needs. */
export function dataFlow(worldUrl: string, change: DataFlowChange = {}): unknown {
  const bindings: Record<string, Body> = {};
  const grant = (
    account: string,
    name: string,
    role: string,
    crn: string,
    more: Body = {},
  ): string => {
    bindings[name] = {
      principal: `User:\${confluent_service_account.${account}.id}`,
      role_name: role,
      crn_pattern: crn,
      ...more,
    };
    return `confluent_role_binding.${name}`;
  };
  const managing = [grant("manager", "manages", "DeveloperManage", `${KAFKA}/topic=stock_trades`)];
  const producing = [
    grant("producer", "writes", "DeveloperWrite", `${KAFKA}/topic=stock_trades`),
    grant("producer", "sees_schema", "DeveloperRead", `${SUBJECT}stock_trades-value`),
    grant("producer", "registers", "DeveloperWrite", `${SUBJECT}stock_trades-value`),
  ];
  const runner = (name: string, role: string, crn: string, more: Body = {}): string =>
    grant("runner", name, role, crn, more);
  const transactions = `${KAFKA}/transactional-id=_confluent-flink_totals`;
  const running = [
    runner("submits", "FlinkDeveloper", "${confluent_environment.main.resource_name}"),
    runner("reads", "DeveloperRead", `${KAFKA}/topic=stock_trades`, change.readBinding),
    runner("reads_schema", "DeveloperRead", `${SUBJECT}stock_trades-value`),
    runner("makes_totals", "DeveloperManage", `${KAFKA}/topic=totals`),
    runner("fills_totals", "DeveloperWrite", `${KAFKA}/topic=totals`),
    runner("sees_totals", "DeveloperRead", `${SUBJECT}totals-value`),
    runner("registers_totals", "DeveloperWrite", `${SUBJECT}totals-value`),
    runner("sees_commits", "DeveloperRead", transactions),
    runner("commits", "DeveloperWrite", transactions),
  ];
  return {
    terraform: { required_providers: { confluent: { source: "confluentinc/confluent" } } },
    provider: {
      confluent: { endpoint: worldUrl, cloud_api_key: "key", cloud_api_secret: "secret" },
    },
    data: {
      confluent_organization: { main: { depends_on: ["confluent_environment.main"] } },
      confluent_flink_region: { main: { cloud: "AWS", region: "us-east-1" } },
      confluent_schema_registry_cluster: {
        main: { environment: ENVIRONMENT, depends_on: ["confluent_kafka_cluster.main"] },
      },
    },
    resource: {
      confluent_environment: {
        main: { display_name: "flow", stream_governance: { package: "ESSENTIALS" } },
      },
      confluent_kafka_cluster: {
        main: { display_name: "flow", availability: "LOW", ...inRegion, standard: {} },
      },
      confluent_flink_compute_pool: { main: { display_name: "flow", max_cfu: 5, ...inRegion } },
      confluent_service_account: Object.fromEntries(
        ["manager", "producer", "runner"].map((name) => [name, { display_name: name }]),
      ),
      confluent_role_binding: bindings,
      confluent_api_key: {
        manager: apiKey("manager", CLUSTER.id, "cmk/v2", "Cluster"),
        runner: apiKey("runner", "${data.confluent_flink_region.main.id}", "fcpm/v2", "Region"),
      },
      confluent_kafka_topic: {
        trades: {
          topic_name: "stock_trades",
          partitions_count: 6,
          kafka_cluster: CLUSTER,
          rest_endpoint: "${confluent_kafka_cluster.main.rest_endpoint}",
          credentials: credentials("manager"),
          depends_on: managing,
        },
      },
      confluent_connector: {
        trades: {
          environment: ENVIRONMENT,
          kafka_cluster: CLUSTER,
          config_nonsensitive: {
            name: "trades",
            "connector.class": "DatagenSource",
            "kafka.auth.mode": "SERVICE_ACCOUNT",
            "kafka.service.account.id": "${confluent_service_account.producer.id}",
            "kafka.topic": "${confluent_kafka_topic.trades.topic_name}",
            "output.data.format": "AVRO",
            quickstart: "STOCK_TRADES",
            "tasks.max": "1",
          },
          ...(change.connectorStatus !== undefined && { status: change.connectorStatus }),
          depends_on: producing,
        },
      },
      confluent_flink_materialized_table: {
        totals: {
          display_name: "totals",
          query: change.query ?? "SELECT symbol, quantity * price AS total FROM stock_trades",
          kafka_cluster: CLUSTER,
          organization: { id: "${data.confluent_organization.main.id}" },
          environment: ENVIRONMENT,
          compute_pool: { id: "${confluent_flink_compute_pool.main.id}" },
          principal: { id: "${confluent_service_account.runner.id}" },
          rest_endpoint: "${data.confluent_flink_region.main.rest_endpoint}",
          credentials: credentials("runner"),
          table_options: { "changelog.mode": "append" },
          depends_on: [...running, "confluent_connector.trades"],
        },
      },
    },
  };
}

const inRegion = { cloud: "AWS", region: "us-east-1", environment: ENVIRONMENT };

function credentials(key: string): Body {
  return { key: `\${confluent_api_key.${key}.id}`, secret: `\${confluent_api_key.${key}.secret}` };
}

function apiKey(account: string, id: string, apiVersion: string, kind: string): Body {
  return {
    display_name: account,
    owner: {
      id: `\${confluent_service_account.${account}.id}`,
      api_version: "iam/v2",
      kind: "ServiceAccount",
    },
    managed_resource: { id, api_version: apiVersion, kind, environment: ENVIRONMENT },
  };
}
