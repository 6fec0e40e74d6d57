import { ProtocolError } from "../protocol";
import {
  block,
  blocks,
  isList,
  isObject,
  number,
  text,
  type Json,
  type TerraformObject,
} from "../values";
import { findFlinkRegion, type FlinkRegion } from "./flink-regions";

/** What a catalog is to consist of. */
export interface CatalogRequest {
  readonly region: FlinkRegion;
  /** Display name of the environment. */
  readonly catalog: string;
  /** Display name of the Kafka cluster. */
  readonly database: string;
  readonly tables: readonly CatalogTable[];
}

export interface CatalogTable {
  readonly name: string;
  readonly partitions: number;
  readonly value: SchemaText;
  /** @default - its key has no schema */
  readonly key?: SchemaText;
}

interface SchemaText {
  readonly format: string;
  readonly text: string;
}

/** @throws ProtocolError naming the member that is wrong */
export function parseCatalogRequest(body: Json): CatalogRequest {
  if (!isObject(body)) {
    throw new ProtocolError("the catalog must be an object");
  }
  const region = findFlinkRegion(text(body, "cloud") || "AWS", text(body, "region"));
  if (region === undefined) {
    throw new ProtocolError(
      `region must be one with Flink, got ${JSON.stringify(body["region"])}; cloud is AWS unless it is given`,
    );
  }
  for (const name of ["catalog", "database"]) {
    if (text(body, name) === "") {
      throw new ProtocolError(`${name} must be a name, got ${JSON.stringify(body[name])}`);
    }
  }
  const { tables = [] } = body;
  if (!isList(tables) || !tables.every(isObject)) {
    throw new ProtocolError("tables must be a list of objects");
  }
  return {
    region,
    catalog: text(body, "catalog"),
    database: text(body, "database"),
    tables: blocks(body, "tables").map(parseTable),
  };
}

function parseTable(table: TerraformObject, index: number): CatalogTable {
  const name = text(table, "name");
  if (name === "") {
    throw new ProtocolError(`tables[${index}].name must be a name`);
  }
  const value = parseSchema(table, "valueSchema", name);
  if (value === undefined) {
    throw new ProtocolError(`tables[${index}] (${name}): valueSchema is missing`);
  }
  return {
    name,
    partitions: number(table, "partitions") ?? 6,
    value,
    key: parseSchema(table, "keySchema", name),
  };
}

function parseSchema(table: TerraformObject, member: string, name: string): SchemaText | undefined {
  const given = block(table, member);
  if (given === undefined) {
    return undefined;
  }
  const schema = { format: text(given, "format"), text: text(given, "text") };
  if (!["AVRO", "JSON", "PROTOBUF"].includes(schema.format) || schema.text === "") {
    throw new ProtocolError(
      `${name}.${member} must have a format, which is AVRO, JSON or PROTOBUF, and a text`,
    );
  }
  return schema;
}
