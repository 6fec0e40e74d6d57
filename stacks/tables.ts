/** A table of the streaming platform: one topic, with a schema for its values and perhaps for its keys. */
export interface Table {
  readonly name: string;
  readonly valueSchema: string;
  readonly keySchema?: string;
}

const airline = "pipelines/schemas/airline.avsc";
const flight = "pipelines/schemas/flight.avsc";

/** Every table that Terraform owns by construct id, in the order in which data flows through them. */
export const tables = {
  Skyone: { name: "skyone_avro", valueSchema: airline },
  Sunset: { name: "sunset_avro", valueSchema: airline },
  Flight: {
    name: "flight_avro",
    valueSchema: flight,
    keySchema: "pipelines/schemas/flight_key.avsc",
  },
  FlightUnion: { name: "flight_union", valueSchema: flight },
} as const satisfies Record<string, Table>;
