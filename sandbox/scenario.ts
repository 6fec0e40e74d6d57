import type { PlannedChange } from "../delivery/plan-summary";
import type { Edit } from "./loop/changed-application";

/** A change to the deployed application, and exactly what it must cause. */
export interface Scenario {
  readonly edits: readonly Edit[];
  /** The planned changes of each stack, by short name; a stack that is not named must not change. */
  readonly expected: Readonly<Record<string, readonly PlannedChange[]>>;
}

/**
 * A third airline joins: its table is added, the statement reads it as well, records stay longer, and the table that
 * nobody uses goes.
 */
export const scenario: Scenario = {
  edits: [
    {
      file: "stacks/tables.ts",
      find: '  Sunset: { name: "sunset_avro", valueSchema: airline },\n',
      replace:
        '  Sunset: { name: "sunset_avro", valueSchema: airline },\n' +
        '  Moonbeam: { name: "moonbeam_avro", valueSchema: airline },\n',
    },
    {
      file: "stacks/tables.ts",
      find:
        "  Flight: {\n" +
        '    name: "flight_avro",\n' +
        "    valueSchema: flight,\n" +
        '    keySchema: "pipelines/schemas/flight_key.avsc",\n' +
        "  },\n",
      replace: "",
    },
    {
      file: "stacks/streaming-platform-stack.ts",
      find: "reads: [tables.Skyone, tables.Sunset],",
      replace: "reads: [tables.Skyone, tables.Sunset, tables.Moonbeam],",
    },
    {
      file: "config/environments/sandbox.ts",
      find: "topicRetentionDays: 7,",
      replace: "topicRetentionDays: 14,",
    },
    {
      file: "pipelines/flight_union/flight_union.sql",
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
    "streaming-platform": [
      create(
        "confluent_role_binding.FlightAnalytics_Account_DeveloperRead-subject-moonbeam_avro-value_6B4ABA6D",
      ),
      create(
        "confluent_role_binding.FlightAnalytics_Account_DeveloperRead-topic-moonbeam_avro_4267942E",
      ),
    ],
    "event-streams": [
      create("confluent_kafka_topic.Moonbeam_40A647F2"),
      create("confluent_schema.Moonbeam_Value_E30FDCC4"),
      update("confluent_kafka_topic.Skyone_55652BDC"),
      update("confluent_kafka_topic.Sunset_A0D052C7"),
      update("confluent_kafka_topic.FlightUnion_D20651E1"),
      destroy("confluent_kafka_topic.Flight_04B9BDFB"),
      destroy("confluent_schema.Flight_Key_083BD263"),
      destroy("confluent_schema.Flight_Value_994BC460"),
    ],
    "flight-analytics": [replace("confluent_flink_statement.FlightUnion_D20651E1")],
  },
};

function create(address: string): PlannedChange {
  return { address, actions: ["create"] };
}

function update(address: string): PlannedChange {
  return { address, actions: ["update"] };
}

/** Destroyed first, then created: at no time do two statements write the same rows. */
function replace(address: string): PlannedChange {
  return { address, actions: ["delete", "create"] };
}

function destroy(address: string): PlannedChange {
  return { address, actions: ["delete"] };
}
