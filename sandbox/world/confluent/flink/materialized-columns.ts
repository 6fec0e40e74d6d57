import { blocks, isList, text, type TerraformObject } from "../../values";
import type { MaterializedTable } from "../objects";
import type { Column } from "../schema/columns";
import { PlanFailure } from "./plan-failure";
import type { Query } from "./sql-query";
import type { Table } from "./tables";
import { avroType, isAvroName, nullable } from "./value-schema";

/** What a materialized table stores, and what it has beside that when it is read. */
export interface MaterializedColumns {
  readonly key: readonly Column[];
  readonly value: readonly Column[];
  readonly virtual: readonly string[];
}

/** The table's options that the world does not know how to honour would make other schemas than it registers. */
const FORMAT_OPTIONS = ["key.format", "value.format"];

/**
 * The columns of the query, with the types that are declared for them.
 *
 * @throws PlanFailure when a column has no name, or one that is referred to does not exist
 */
export function materializedColumns(
  table: Pick<MaterializedTable, "declared" | "tableOptions">,
  query: Query,
  sources: readonly Table[],
): MaterializedColumns {
  refuseOtherFormats(table);
  const { declared } = table;
  const types = declaredTypes(declared.columns);
  const queried = queriedColumns(query, sources);
  const stored = [
    ...queried.map(({ name, type }) => ({ name, type: types.get(name) ?? type })),
    ...[...types]
      .filter(([name]) => !queried.some((column) => column.name === name))
      .map(([name, type]) => ({ name, type })),
  ];
  const virtual = [
    ...declared.columns.flatMap((column) =>
      names(column, "columns_computed", "column_computed_name"),
    ),
    ...declared.columns.flatMap((column) =>
      names(column, "columns_metadata", "column_metadata_name"),
    ),
  ];
  const keyNames = keyColumns(declared);
  const timeColumns = declared.watermark.map((watermark) => text(watermark, "column"));
  const all = [...stored.map(({ name }) => name), ...virtual];
  const missing = [...keyNames, ...timeColumns].find((name) => !all.includes(name));
  if (missing !== undefined) {
    throw new PlanFailure(`Column '${missing}' is not in the table; it has: ${all.join(", ")}.`);
  }
  return {
    key: stored.filter(({ name }) => keyNames.includes(name)),
    value: stored.filter(({ name }) => !keyNames.includes(name)),
    virtual,
  };
}

/** Names of the columns that make the key: those by which rows are distributed, and the primary key's. */
export function keyColumns({
  distribution,
  constraints,
}: Pick<MaterializedTable["declared"], "distribution" | "constraints">): readonly string[] {
  const primary = constraints.filter((constraint) =>
    /^PRIMARY[ _]KEY$/i.test(text(constraint, "type")),
  );
  return [
    ...distribution.flatMap((block) => texts(block, "keys")),
    ...primary.flatMap((block) => texts(block, "columns")),
  ];
}

function refuseOtherFormats({ tableOptions }: Pick<MaterializedTable, "tableOptions">): void {
  const other = FORMAT_OPTIONS.find(
    (name) => (tableOptions[name] ?? "avro-registry") !== "avro-registry",
  );
  if (other !== undefined) {
    throw new PlanFailure(
      `The sandbox writes materialized tables as avro-registry only, not as ${other} '${tableOptions[other] ?? ""}'.`,
    );
  }
}

function declaredTypes(columns: readonly TerraformObject[]): ReadonlyMap<string, Column["type"]> {
  return new Map(
    columns
      .flatMap((column) => blocks(column, "columns_physical"))
      .map((physical) => [
        text(physical, "column_physical_name"),
        avroType(text(physical, "column_physical_type")),
      ]),
  );
}

function queriedColumns(query: Query, sources: readonly Table[]): readonly Column[] {
  const { selectList, starOf } = query;
  if (selectList === undefined) {
    throw new PlanFailure(
      "The sandbox cannot tell the columns of this query: begin it with SELECT.",
    );
  }
  return selectList.flatMap((item, index): readonly Column[] => {
    if (item !== "*") {
      const { name, column } = item;
      if (name === undefined || !isAvroName(name)) {
        throw new PlanFailure(
          `Column ${index + 1} of the query has no usable name: give it one with AS.`,
        );
      }
      return [{ name, type: typeIn(sources, column) }];
    }
    const columns = starOf === undefined ? undefined : sources[0]?.columns;
    if (columns === undefined) {
      throw new PlanFailure("The sandbox cannot tell what * stands for here: list the columns.");
    }
    return columns.map(({ name, type }) => ({ name, type: nullable(type) }));
  });
}

/** Of a column that is passed on the type in its source; of a computed one the world makes text. */
function typeIn(sources: readonly Table[], column: string | undefined): Column["type"] {
  const found = sources
    .flatMap((source) => source.columns ?? [])
    .find(({ name }) => name === column);
  return nullable(found?.type ?? "string");
}

function names(column: TerraformObject, block: string, attribute: string): readonly string[] {
  return blocks(column, block).map((inner) => text(inner, attribute));
}

function texts(block: TerraformObject, attribute: string): readonly string[] {
  const value = block[attribute];
  return isList(value) ? value.filter((element) => typeof element === "string") : [];
}
