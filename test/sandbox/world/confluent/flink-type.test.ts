import { flinkType, typeName } from "../../../../sandbox/world/confluent/flink/flink-type";

test.each([
  ["string", "VARCHAR(2147483647) NOT NULL", "VARCHAR"],
  [["null", "string"], "VARCHAR(2147483647)", "VARCHAR"],
  [["long", "null"], "BIGINT", "BIGINT"],
  ["int", "INTEGER NOT NULL", "INTEGER"],
  ["float", "FLOAT NOT NULL", "FLOAT"],
  ["double", "DOUBLE NOT NULL", "DOUBLE"],
  ["boolean", "BOOLEAN NOT NULL", "BOOLEAN"],
  ["bytes", "VARBINARY(2147483647) NOT NULL", "VARBINARY"],
  [{ type: "string" }, "VARCHAR(2147483647) NOT NULL", "VARCHAR"],
  [{ type: "int", logicalType: "date" }, "DATE NOT NULL", "DATE"],
  [
    { type: "long", logicalType: "timestamp-millis" },
    "TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL",
    "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
  ],
  [{ type: "long", logicalType: "local-timestamp-millis" }, "TIMESTAMP(3) NOT NULL", "TIMESTAMP"],
  [
    ["null", { type: "bytes", logicalType: "decimal", precision: 10, scale: 2 }],
    "DECIMAL(10, 2)",
    "DECIMAL",
  ],
  [{ type: "bytes", logicalType: "decimal", precision: 5 }, "DECIMAL(5, 0) NOT NULL", "DECIMAL"],
  [{ type: "enum", name: "E", symbols: ["A"] }, "VARCHAR(2147483647) NOT NULL", "VARCHAR"],
  [{ type: "fixed", name: "F", size: 16 }, "BINARY(16) NOT NULL", "BINARY"],
  [{ type: "array", items: ["null", "int"] }, "ARRAY<INTEGER> NOT NULL", "ARRAY"],
  [
    { type: "map", values: "long" },
    "MAP<VARCHAR(2147483647) NOT NULL, BIGINT NOT NULL> NOT NULL",
    "MAP",
  ],
  [
    ["null", { type: "record", name: "R", fields: [{ name: "a", type: "int" }] }],
    "ROW<`a` INTEGER NOT NULL>",
    "ROW",
  ],
  [
    ["int", { type: "record", name: "R", fields: [] }],
    "ROW<`int` INTEGER, `R` ROW<>> NOT NULL",
    "ROW",
  ],
  ["com.example.Named", "VARCHAR(2147483647) NOT NULL", "VARCHAR"],
])("Avro's %j is %s", (avro, type, name) => {
  expect(flinkType(avro)).toBe(type);
  expect(typeName(type)).toBe(name);
});
