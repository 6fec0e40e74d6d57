type FieldType = "string" | "int" | "long" | "double";

interface Shape {
  /** Name of the record, in the namespace `ksql`. */
  readonly record: string;
  readonly fields: Readonly<Record<string, FieldType>>;
}

/**
 * Sample data that the Datagen source makes up, with its columns.
 *
 * @see https://github.com/confluentinc/kafka-connect-datagen
 */
export const quickstarts: Readonly<Record<string, Shape | undefined>> = {
  ORDERS: {
    record: "orders",
    fields: { ordertime: "long", orderid: "int", itemid: "string", orderunits: "double" },
  },
  PAGEVIEWS: {
    record: "pageviews",
    fields: { viewtime: "long", userid: "string", pageid: "string" },
  },
  RATINGS: {
    record: "ratings",
    fields: {
      rating_id: "long",
      user_id: "int",
      stars: "int",
      route_id: "int",
      rating_time: "long",
      channel: "string",
      message: "string",
    },
  },
  STOCK_TRADES: {
    record: "StockTrade",
    fields: {
      side: "string",
      quantity: "int",
      symbol: "string",
      price: "int",
      account: "string",
      userid: "string",
    },
  },
  USERS: {
    record: "users",
    fields: { registertime: "long", userid: "string", regionid: "string", gender: "string" },
  },
};

const jsonTypes: Readonly<Record<FieldType, string>> = {
  string: "string",
  int: "integer",
  long: "integer",
  double: "number",
};

const protobufTypes: Readonly<Record<FieldType, string>> = {
  string: "string",
  int: "int32",
  long: "int64",
  double: "double",
};

/**
 * The schema with which a quickstart's rows are written.
 *
 * @param format of the registry: AVRO, JSON or PROTOBUF
 */
export function quickstartSchema(quickstart: string, format: string): string {
  const { record, fields } = quickstarts[quickstart] ?? { record: quickstart, fields: {} };
  const columns = Object.entries(fields);
  switch (format) {
    case "AVRO":
      return JSON.stringify({
        type: "record",
        name: record,
        namespace: "ksql",
        fields: columns.map(([name, type]) => ({ name, type })),
      });
    case "JSON":
      return JSON.stringify({
        type: "object",
        title: `ksql.${record}`,
        properties: Object.fromEntries(
          columns.map(([name, type]) => [name, { type: jsonTypes[type] }]),
        ),
      });
    default: {
      const members = columns.map(
        ([name, type], index) => `  ${protobufTypes[type]} ${name} = ${index + 1};`,
      );
      return [`syntax = "proto3";`, `message ${record} {`, ...members, "}"].join("\n");
    }
  }
}
