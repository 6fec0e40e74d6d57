import { readFileSync } from "node:fs";

import { readSecret, secretCheck, secretField } from "../support/checked-secret";
import { resourcesOf } from "../support/synth";
import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

/** Who the statement runs as, and the beginning of its pool's and secret's name. */
const PRINCIPAL = "StockAnalytics";
const ID = "StockTradesWithTotals";
const PIPELINE = "stock_trades_with_totals";
const SOURCE = "stock_trades";

const TOPIC =
  "${confluent_kafka_cluster.KafkaCluster.rbac_crn}/kafka=${confluent_kafka_cluster.KafkaCluster.id}/topic=";
const SUBJECT = "${data.confluent_schema_registry_cluster.SchemaRegistry.resource_name}/subject=";

/** The roles of who runs the statement: it reads its source, writes its sink, and reads their schemas. */
function roles(): Record<string, object> {
  const account = `User:\${confluent_service_account.${PRINCIPAL}_Account.id}`;
  const role = (role_name: string, type: string, name: string): [string, object] => [
    `Flink_${role_name}-${type}-${name}`,
    {
      principal: account,
      role_name,
      crn_pattern: `${type === "topic" ? TOPIC : SUBJECT}${name}`,
    },
  ];
  return Object.fromEntries([
    role("DeveloperRead", "topic", SOURCE),
    role("DeveloperRead", "subject", `${SOURCE}-value`),
    role("DeveloperWrite", "topic", PIPELINE),
    role("DeveloperRead", "subject", `${PIPELINE}-value`),
  ]);
}

describe.each(inEveryEnvironment("stock-analytics"))("%s", (_, config, stack, base) => {
  const alias = `flink-${PRINCIPAL}-${PRINCIPAL}Pool`;
  const [statement] = resourcesOf(stack, "confluent_flink_statement");
  const statementName = String(statement?.["statement_name"]);
  const memory = `/confluent_cloud_resource/${base}/flink_statements/${PIPELINE.replaceAll("_", "-")}`;

  test("has its own alias, which runs statements as its principal in its pool", () => {
    expect(stack.terraform).toEqual(terraformBlock(config, "stock-analytics"));
    expect(stack.provider).toEqual({
      aws: [awsProvider(config, "stock-analytics")],
      confluent: [
        {},
        {
          alias,
          organization_id: "${data.confluent_organization.Organization.id}",
          environment_id: "${confluent_environment.Environment.id}",
          flink_compute_pool_id: `\${confluent_flink_compute_pool.${PRINCIPAL}Pool.id}`,
          flink_principal_id: `\${confluent_service_account.${PRINCIPAL}_Account.id}`,
          flink_rest_endpoint: "${data.confluent_flink_region.FlinkRegion.rest_endpoint}",
          flink_api_key: `\${${secretField("Flink_Credential", "flink.api.key")}}`,
          flink_api_secret: `\${${secretField("Flink_Credential", "flink.api.secret")}}`,
        },
      ],
    });
    expect(stack.ephemeral).toEqual({
      aws_secretsmanager_secret_version: { Flink_Credential: readSecret(`${PRINCIPAL}Secret`) },
    });
    expect(stack.output).toEqual({
      Flink_Credential: secretCheck("Flink_Credential", {
        "environment.id": "confluent_environment.Environment.id",
        "flink.principal.id": `confluent_service_account.${PRINCIPAL}_Account.id`,
      }),
    });
  });

  test("C-19, C-20, T-19: runs its SQL in the platform's database, after the roles that it needs", () => {
    const sql = readFileSync(`pipelines/${PIPELINE}/v1.sql`, "utf8").trim();
    const readable = `${base}-${PIPELINE.replaceAll("_", "-")}-v1`;
    expect(statementName.replace(/-[0-9a-f]{10}$/, "")).toBe(readable);
    expect(stack.resource).toEqual({
      confluent_role_binding: roles(),
      confluent_flink_statement: {
        [`${ID}_V1`]: {
          count: 1,
          stopped: false,
          provider: `confluent.${alias}`,
          statement_name: statementName,
          statement: `${sql}\n-- ${statementName}`,
          properties: expect.stringContaining(
            `merge({"sql.current-catalog" = "${base}", "sql.current-database" = "${base}"}, `,
          ),
          depends_on: expect.arrayContaining(
            Object.keys(roles()).map((role) => `confluent_role_binding.${role}`),
          ),
          lifecycle: expect.anything(),
        },
      },
      aws_ssm_parameter: {
        [`Memories_${ID}_Parameter`]: expect.objectContaining({ name: `${memory}/memory` }),
      },
    });
  });

  test("remembers in this environment which version runs", () => {
    expect(stack.data).toEqual({
      ...platformState(config),
      aws_ssm_parameters_by_path: { [`Memories_${ID}_Read`]: { path: memory } },
    });
    expect(Object.keys(stack.locals ?? {}).sort()).toEqual(
      [
        ...["At", "Current", "From", "PredecessorIsKept", "Running"].map((name) => `${ID}_${name}`),
        `Memories_${ID}_Recalled`,
      ].sort(),
    );
  });
});
