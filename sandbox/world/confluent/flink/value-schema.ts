import type { Json } from "../../values";
import type { Column } from "../schema/columns";

/** Avro types by the SQL type's name; of any other type the world makes text. */
const avroTypes: Readonly<Record<string, Json>> = {
  BIGINT: "long",
  BOOLEAN: "boolean",
  BYTES: "bytes",
  DATE: { type: "int", logicalType: "date" },
  DOUBLE: "double",
  FLOAT: "float",
  INT: "int",
  INTEGER: "int",
  SMALLINT: "int",
  TIMESTAMP: { type: "long", logicalType: "timestamp-millis" },
  TIMESTAMP_LTZ: { type: "long", logicalType: "timestamp-millis" },
  TINYINT: "int",
  VARBINARY: "bytes",
};

/** What Avro allows in a name. */
const NAME = /^[A-Za-z_]\w*$/;

/** A SQL type such as `VARCHAR(10) NOT NULL` in Avro. */
export function avroType(sqlType: string): Json {
  const [, name = "", precision = "10", scale = "0"] =
    /^\s*(\w+)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?/.exec(sqlType.toUpperCase()) ?? [];
  const type =
    name === "DECIMAL" || name === "NUMERIC"
      ? {
          type: "bytes",
          logicalType: "decimal",
          precision: Number(precision),
          scale: Number(scale),
        }
      : (avroTypes[name] ?? "string");
  return /\bNOT\s+NULL\b/i.test(sqlType) ? type : nullable(type);
}

/** A type that may be absent, so that a column which is added later does not break older readers. */
export function nullable(type: Json): Json {
  return isUnion(type) ? type : ["null", isPlain(type) ? type : "string"];
}

function isUnion(type: Json): boolean {
  return Array.isArray(type);
}

/** A type without a name of its own, which a schema may hold any number of times. */
function isPlain(type: Json): boolean {
  const text = typeof type === "string" ? type : JSON.stringify(type);
  return !/"type":"(record|enum|fixed|array|map)"/.test(text);
}

/** The Avro schema under which Flink registers a table's key or value. */
export function recordSchema(table: string, part: string, columns: readonly Column[]): string {
  return JSON.stringify({
    type: "record",
    name: `${table.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_")}_${part}`,
    namespace: "org.apache.flink.avro.generated.record",
    fields: columns.map(({ name, type }) =>
      isUnion(type) ? { name, type, default: null } : { name, type },
    ),
  });
}

export function isAvroName(name: string): boolean {
  return NAME.test(name);
}
