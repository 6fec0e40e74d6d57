/** Aliases and types of the columns in which Confluent's Table API plugin asks about a table, in its order. */
const columns = [
  ["T_TABLE_TYPE", "STRING"],
  ["T_DISTRIBUTION_ALGORITHM", "STRING"],
  ["T_DISTRIBUTION_BUCKETS", "INT"],
  ["T_WATERMARK_COLUMN", "STRING"],
  ["T_WATERMARK_EXPRESSION", "STRING"],
  ["T_COMMENT", "STRING"],
  ["C_COLUMN_NAME", "STRING"],
  ["C_ORDINAL_POSITION", "INT"],
  ["C_IS_NULLABLE", "STRING"],
  ["C_FULL_DATA_TYPE", "STRING"],
  ["C_GENERATION_EXPRESSION", "STRING"],
  ["C_IS_METADATA", "STRING"],
  ["C_METADATA_KEY", "STRING"],
  ["C_IS_PERSISTED", "STRING"],
  ["C_DISTRIBUTION_ORDINAL_POSITION", "INT"],
  ["C_COMMENT", "STRING"],
  ["K_CONSTRAINT_NAME", "STRING"],
  ["K_COLUMN_NAME", "STRING"],
  ["K_ORDINAL_POSITION", "INT"],
  ["O_OPTION_KEY", "STRING"],
  ["O_OPTION_VALUE", "STRING"],
] as const;

const views = { T: "TABLES", C: "COLUMNS", K: "KEY_COLUMN_USAGE", O: "TABLE_OPTIONS" } as const;

/** The text with which the plugin asks about a table: four views, put together in one statement. */
export function tableInformation(environmentId: string, clusterId: string, table: string): string {
  return Object.entries(views)
    .map(([kind, view]) =>
      [
        "(SELECT",
        ...columns.map(([alias, type]) =>
          alias.startsWith(`${kind}_`)
            ? `\`${alias.slice(2)}\` AS \`${alias}\`,`
            : `CAST(NULL AS ${type}) AS \`${alias}\`,`,
        ),
        `'${kind}' AS \`KIND\``,
        `FROM \`${environmentId}\`.\`INFORMATION_SCHEMA\`.\`${view}\``,
        `WHERE \`TABLE_SCHEMA_ID\` = '${clusterId}' AND \`TABLE_NAME\` = '${table}')`,
      ].join("\n"),
    )
    .join("\nUNION ALL\n");
}
