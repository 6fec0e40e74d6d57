import { readFileSync } from "node:fs";

import { readSecret, secretCheck, secretField } from "../support/checked-secret";
import { resourcesOf } from "../support/synth";
import { awsProvider, platformState, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

const ALIAS = "flink-FlightAnalytics-FlinkComputePool";

test.each(inEveryEnvironment("flight-analytics"))(
  "%s: the statement runs as the analysts' account, in the platform's pool and database",
  (_, config, stack, base) => {
    const [statement] = resourcesOf(stack, "confluent_flink_statement");
    const name = String(statement?.["statement_name"]);
    expect(name.replace(/-[0-9a-f]{10}$/, "-<hash>")).toBe(`${base}-flight-union-<hash>`);
    const sql = readFileSync("pipelines/flight_union/flight_union.sql", "utf8").trim();
    expect(stack).toEqual({
      terraform: terraformBlock(config, "flight-analytics"),
      provider: {
        aws: [awsProvider(config, "flight-analytics")],
        confluent: [
          {},
          {
            alias: ALIAS,
            organization_id: "${data.confluent_organization.Organization.id}",
            environment_id: "${confluent_environment.Environment.id}",
            flink_compute_pool_id: "${confluent_flink_compute_pool.FlinkComputePool.id}",
            flink_principal_id: "${confluent_service_account.FlightAnalytics_Account.id}",
            flink_rest_endpoint: "${data.confluent_flink_region.FlinkRegion.rest_endpoint}",
            flink_api_key: `\${${secretField("Flink_Credential", "flink.api.key")}}`,
            flink_api_secret: `\${${secretField("Flink_Credential", "flink.api.secret")}}`,
          },
        ],
      },
      data: platformState(config),
      ephemeral: {
        aws_secretsmanager_secret_version: {
          Flink_Credential: readSecret("FlightAnalyticsSecret"),
        },
      },
      output: {
        Flink_Credential: secretCheck("Flink_Credential", {
          "environment.id": "confluent_environment.Environment.id",
          "flink.principal.id": "confluent_service_account.FlightAnalytics_Account.id",
        }),
      },
      resource: {
        confluent_flink_statement: {
          FlightUnion: {
            provider: `confluent.${ALIAS}`,
            statement_name: name,
            statement: `${sql}\n-- ${name}`,
            properties: { "sql.current-catalog": base, "sql.current-database": base },
          },
        },
      },
    });
  },
);
