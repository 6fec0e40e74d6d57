import type { DatagenQuickstart } from "../constructs/confluent/datagen-connector";
import type { Compatibility } from "../constructs/confluent/subject";

/** A table of the streaming platform: one topic, with a schema for its values and perhaps for its keys. */
export interface Table {
  readonly name: string;

  /** Avro schema (`.avsc`) or JSON Schema (`.schema.json`). */
  readonly valueSchema: string;

  /** @default - keys have no schema */
  readonly keySchema?: string;

  /** The rule between versions of the value schema. @default "BACKWARD" */
  readonly compatibility?: Compatibility;

  /** What the platform's client applications do with the table. @default - nothing: it belongs to statements */
  readonly applications?: "produce" | "consume";

  /** Sample records that a connector writes into it. @default - none */
  readonly sample?: DatagenQuickstart;
}

const airline = "pipelines/schemas/airline.avsc";
const flight = "pipelines/schemas/flight.avsc";
const flyerStats = "pipelines/schemas/flyer_stats.avsc";
const airlineJson = "pipelines/schemas/airline.schema.json";
const flightJson = "pipelines/schemas/flight.schema.json";
const flyerStatsJson = "pipelines/schemas/flyer_stats.schema.json";
const stockTrade = "pipelines/schemas/stock_trade.avsc";
const stockTradeWithTotal = "pipelines/schemas/stock_trade_with_total.avsc";

/** Every table that Terraform owns by construct id, in the order in which data flows through them. */
export const tables = {
  Skyone: { name: "skyone_avro", valueSchema: airline, applications: "produce" },
  Sunset: { name: "sunset_avro", valueSchema: airline, applications: "produce" },
  Flight: {
    name: "flight_avro",
    valueSchema: flight,
    keySchema: "pipelines/schemas/flight_key.avsc",
    applications: "consume",
  },
  FlyerStats: { name: "flyer_stats_avro", valueSchema: flyerStats, applications: "consume" },

  SkyoneJson: { name: "skyone", valueSchema: airlineJson, applications: "produce" },
  SunsetJson: { name: "sunset", valueSchema: airlineJson, applications: "produce" },
  FlightJson: { name: "flight", valueSchema: flightJson, applications: "consume" },
  FlyerStatsJson: { name: "flyer_stats", valueSchema: flyerStatsJson, applications: "consume" },

  StockTrades: { name: "stock_trades", valueSchema: stockTrade, sample: "STOCK_TRADES" },
  StockTradesWithTotals: {
    name: "stock_trades_with_totals",
    valueSchema: stockTradeWithTotal,
    applications: "consume",
  },
} as const satisfies Record<string, Table>;

/** One half of a table's records: the schema file and its rule, as a subject takes them. */
export interface TablePart {
  readonly part: "key" | "value";
  readonly schemaFile: string;
  readonly compatibility: Compatibility;
}

/** The parts of a table that have a schema. */
export function partsOf(table: Table): readonly [value: TablePart, key?: TablePart] {
  const { valueSchema, keySchema, compatibility = "BACKWARD" } = table;
  const value: TablePart = { part: "value", schemaFile: valueSchema, compatibility };
  return keySchema === undefined
    ? [value]
    : // Another schema is other bytes, and so another partition for the same key: the strictest rule there is.
      [value, { part: "key", schemaFile: keySchema, compatibility: "FULL_TRANSITIVE" }];
}
