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

/**
 * A month later, a third airline joins: its table is added, the next version of the statement reads it as well and takes
 * over from the one that runs, records stay longer, and the table that nobody uses goes. Meanwhile every key is due.
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
      find:
        "  Flight: {\n" +
        '    name: "flight_avro",\n' +
        "    valueSchema: flight,\n" +
        '    keySchema: "pipelines/schemas/flight_key.avsc",\n' +
        '    applications: "consume",\n' +
        "  },\n",
      replace: "",
    },
    {
      file: "config/environments/sandbox.ts",
      find: "topicRetentionDays: 7,",
      replace: "topicRetentionDays: 14,",
    },
    {
      file: "pipelines/flight_union/v2.sql",
      copyOf: "pipelines/flight_union/v1.sql",
      find: "  'Sunset' AS airline\nFROM sunset_avro\n",
      replace:
        "  'Sunset' AS airline\nFROM sunset_avro\n" +
        "UNION ALL\n" +
        "SELECT\n" +
        "  email_address,\n" +
        "  departure_time,\n" +
        "  departure_airport_code,\n" +
        "  arrival_time,\n" +
        "  arrival_airport_code,\n" +
        "  flight_number,\n" +
        "  confirmation_code,\n" +
        "  'Moonbeam' AS airline\n" +
        "FROM moonbeam_avro\n",
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
        ...["FlightAnalytics_Value_20777F02", "StockAnalytics_Value_E0A0F264"],
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
        ...["Skyone_55652BDC", "Sunset_A0D052C7", "FlightUnion_D20651E1", "FlyerStats_50108FAD"],
        ...["SkyoneJson_035B1B43", "SunsetJson_93AA0F26", "FlightJson_CDF6D754"],
        ...["FlyerStatsJson_51D13A20", "StockTrades_C470286B", "StockTradesWithTotals_AA5C113A"],
      ].map((id) => update(`confluent_kafka_topic.${id}`)),
      ...[
        "confluent_kafka_topic.Flight_04B9BDFB",
        "confluent_schema.Flight_Key_083BD263",
        "confluent_schema.Flight_Value_994BC460",
        "confluent_subject_config.Flight_Key_Compatibility_5F67F8C4",
        "confluent_subject_config.Flight_Value_Compatibility_8F932D1C",
        "confluent_role_binding.Consumer_DeveloperRead-subject-flight_avro-key_6B7FAC8B",
        "confluent_role_binding.Consumer_DeveloperRead-subject-flight_avro-value_B8075B18",
        "confluent_role_binding.Consumer_DeveloperRead-topic-flight_avro_0D125F10",
      ].map(destroy),
    ],
    "flight-analytics": [
      create("confluent_role_binding.Flink_DeveloperRead-subject-moonbeam_avro-value_BED99BEC"),
      create("confluent_role_binding.Flink_DeveloperRead-topic-moonbeam_avro_FF801FA5"),
      create("confluent_flink_statement.FlightUnion_V2_2A136ADB[0]"),
      // It is stopped, once the new version waits for it.
      update("confluent_flink_statement.FlightUnion_V1_78968752[0]"),
      update("aws_ssm_parameter.Memories_FlightUnion_Parameter_175C9F27"),
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
