import type { PlannedChange } from "../delivery/plan-summary";
import type { Edit } from "./loop/changed-application";

/** A change to the deployed application, and exactly what it must cause. */
export interface Scenario {
  /** How many days after the first deployment it happens: enough for keys to become due. */
  readonly days: number;
  readonly edits: readonly Edit[];
  /** The planned changes of each stack, by short name; a stack that is not named must not change. */
  readonly expected: Readonly<Record<string, readonly PlannedChange[]>>;
}

/** A changed job: its deployer gets the new code and is called anew, and the daily look asks for the new statement. */
const redeploy: readonly PlannedChange[] = [
  update("aws_lambda_function.Application_Deployer_717AB4A2"),
  {
    address: "aws_lambda_invocation.Application_Calls_Deploy_797B4F35",
    actions: ["delete", "create"],
  },
  update("aws_cloudwatch_event_target.Application_Status_Target_1BAC6150"),
];

/**
 * A month later, a third airline joins: its table is added, the job that puts the flights together reads it as well and
 * carries on where the one before stopped. Flyers are counted in windows of five minutes, from the first flight on; a
 * statement of Terraform's own gets a new version. Records stay longer, and a table that nobody uses goes. Meanwhile every
 * key is due.
 */
export const scenario: Scenario = {
  days: 31,
  edits: [
    {
      file: "stacks/tables.ts",
      find: '  Sunset: { name: "sunset_avro", valueSchema: airline, applications: "produce" },\n',
      replace:
        '  Sunset: { name: "sunset_avro", valueSchema: airline, applications: "produce" },\n' +
        '  Moonbeam: { name: "moonbeam_avro", valueSchema: airline, applications: "produce" },\n',
    },
    {
      file: "stacks/tables.ts",
      find: '  FlyerStatsJson: { name: "flyer_stats", valueSchema: flyerStatsJson, applications: "consume" },\n',
      replace: "",
    },
    {
      file: "stacks/tables.ts",
      find: 'const flyerStatsJson = "pipelines/schemas/flyer_stats.schema.json";\n',
      replace: "",
    },
    {
      file: "config/environments/sandbox.ts",
      find: "topicRetentionDays: 7,",
      replace: "topicRetentionDays: 14,",
    },
    {
      file: "pipelines/flight_consolidator/pipeline.json",
      find: '"sunset_avro"]',
      replace: '"sunset_avro", "moonbeam_avro"]',
    },
    {
      file: "pipelines/flight_consolidator/transform.py",
      find: '"sunset_avro": "Sunset"}',
      replace: '"sunset_avro": "Sunset", "moonbeam_avro": "Moonbeam"}',
    },
    {
      // For a run with --engine compiled: what `npm run pipelines:compile` makes of the edit before, in fewer words.
      file: "pipelines/flight_consolidator/compiled/flight_avro.sql",
      find: "            FROM `sunset_avro` $$T_SOURCE\n        ) $$T_PROJECT\n    )\n",
      replace:
        "            FROM `sunset_avro` $$T_SOURCE\n        ) $$T_PROJECT\n    ) UNION ALL (\n" +
        "        SELECT\n" +
        "            `email_address`,\n" +
        "            `departure_time`,\n" +
        "            `departure_airport_code`,\n" +
        "            `arrival_time`,\n" +
        "            `arrival_airport_code`,\n" +
        "            `flight_number`,\n" +
        "            `confirmation_code`,\n" +
        "            'Moonbeam' AS `airline`\n" +
        "        FROM `moonbeam_avro`\n" +
        "    )\n",
    },
    {
      file: "pipelines/flyer_stats/transform.py",
      find: "lit(1).minutes",
      replace: "lit(5).minutes",
    },
    {
      file: "pipelines/flyer_stats/compiled/flyer_stats_avro.sql",
      find: "INTERVAL '0 00:01:00.0'",
      replace: "INTERVAL '0 00:05:00.0'",
    },
    {
      file: "pipelines/stock_trades_with_totals/v2.sql",
      copyOf: "pipelines/stock_trades_with_totals/v1.sql",
      find: "FROM stock_trades\n",
      replace: "FROM stock_trades\nWHERE quantity > 0\n",
    },
  ],
  expected: {
    "streaming-credentials": [
      ...[
        ...["AppConsumer_KafkaKey_ED66B993", "AppConsumer_SchemaRegistryKey_0AD9AE2C"],
        ...["AppProducer_KafkaKey_1FAF85B8", "AppProducer_SchemaRegistryKey_0B409FA8"],
        ...["Streams_KafkaKey_7691DEDE", "Streams_SchemaRegistryKey_7903EC92"],
        ...["FlinkKey_441823FA", "Tableflow_Key_1CF0CAD9"],
      ].flatMap(rotate),
      ...[
        ...["AppConsumer_KafkaJava_321155F3", "AppConsumer_KafkaPython_9486DCCB"],
        ...["AppConsumer_SchemaRegistryJava_E0002D50", "AppConsumer_SchemaRegistryPython_EB3A3221"],
        ...["AppProducer_KafkaJava_8D39A09E", "AppProducer_KafkaPython_D7BFDD6A"],
        ...["AppProducer_SchemaRegistryJava_EB1E2A0A", "AppProducer_SchemaRegistryPython_B1A135B6"],
        ...["FlightConsolidator_Value_F31226BF", "FlyerStats_Value_7CF630E7"],
        "StockAnalytics_Value_E0A0F264",
        ...["Streams_Value_8E68462C", "Tableflow_Value_3536710D"],
      ].map((id) => replace(`aws_secretsmanager_secret_version.${id}`)),
      update("aws_ssm_parameter.RotationMemory_Parameter_0003CBB7"),
    ],
    "event-streams": [
      ...[
        "confluent_kafka_topic.Moonbeam_40A647F2",
        "confluent_schema.Moonbeam_Value_E30FDCC4",
        "confluent_subject_config.Moonbeam_Value_Compatibility_E336D2D2",
        "confluent_role_binding.Producer_DeveloperRead-subject-moonbeam_avro-value_B61166F4",
        "confluent_role_binding.Producer_DeveloperWrite-topic-moonbeam_avro_4C58F1D6",
      ].map(create),
      ...[
        ...["Skyone_55652BDC", "Sunset_A0D052C7", "Flight_04B9BDFB", "FlyerStats_50108FAD"],
        ...["SkyoneJson_035B1B43", "SunsetJson_93AA0F26", "FlightJson_CDF6D754"],
        ...["StockTrades_C470286B", "StockTradesWithTotals_AA5C113A"],
      ].map((id) => update(`confluent_kafka_topic.${id}`)),
      ...[
        "confluent_kafka_topic.FlyerStatsJson_51D13A20",
        "confluent_schema.FlyerStatsJson_Value_F6D60C6C",
        "confluent_subject_config.FlyerStatsJson_Value_Compatibility_A535AD2C",
        "confluent_role_binding.Consumer_DeveloperRead-subject-flyer_stats-value_E95DA691",
        "confluent_role_binding.Consumer_DeveloperRead-topic-flyer_stats_E4209CDE",
      ].map(destroy),
    ],
    "flight-consolidator": [
      create(
        "confluent_role_binding.Application_DeveloperRead-subject-moonbeam_avro-value_5E6FCCD4",
      ),
      create("confluent_role_binding.Application_DeveloperRead-topic-moonbeam_avro_2A074102"),
      ...redeploy,
    ],
    "flyer-stats": redeploy,
    "stock-analytics": [
      create("confluent_flink_statement.StockTradesWithTotals_V2_FC049AE6[0]"),
      // It is stopped, once the new version waits for it.
      update("confluent_flink_statement.StockTradesWithTotals_V1_226B65FA[0]"),
      update("aws_ssm_parameter.Memories_StockTradesWithTotals_Parameter_D79D4117"),
    ],
  },
};

function create(address: string): PlannedChange {
  return { address, actions: ["create"] };
}

function update(address: string): PlannedChange {
  return { address, actions: ["update"] };
}

/** Created first, then destroyed: at no time is there none. */
function replace(address: string): PlannedChange {
  return { address, actions: ["create", "delete"] };
}

function destroy(address: string): PlannedChange {
  return { address, actions: ["delete"] };
}

/** The keys of a first deployment are the generations 1 and 2. */
function rotate(id: string): readonly PlannedChange[] {
  return [create(`confluent_api_key.${id}["3"]`), destroy(`confluent_api_key.${id}["1"]`)];
}
