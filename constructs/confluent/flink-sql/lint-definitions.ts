import type { LintRule } from "./lint-rule";
import type { SqlKind, SqlStatement } from "./statement";
import { isKeyword, isPhrase, isSymbol, type Token } from "./tokens";

const FORMATS = ["json", "avro", "protobuf"];

/** Rules for what defines tables. */
export const definitionRules: readonly LintRule[] = [
  {
    must: "leave out the connector: on Confluent a table is a topic, and its cluster is the database",
    find: ({ statements }) =>
      of(statements, "create-table", "create-table-as", "alter-table").flatMap((statement) =>
        options(statement)
          .filter(({ key }) => key.text === "connector")
          .map(({ key }) => key),
      ),
  },
  {
    must: "use a format of the Schema Registry: json-registry, avro-registry or proto-registry",
    find: ({ statements }) =>
      statements.flatMap((statement) =>
        options(statement)
          .filter(({ key, value }) => /\bformat$/.test(key.text) && FORMATS.includes(value.text))
          .map(({ key }) => key),
      ),
  },
  {
    must: "leave out TEMPORARY: Confluent keeps no session in which something temporary could live",
    find: ({ statements }) =>
      statements
        .filter(({ tokens }) => isKeyword(tokens[0], "CREATE", "DROP", "ALTER"))
        .flatMap(({ tokens }) => tokens.slice(1, 4))
        .filter((token) => isKeyword(token, "TEMPORARY")),
  },
  {
    must: "make neither catalog nor database: they are the environment and the Kafka cluster, which have resources of their own",
    find: ({ statements }) =>
      statements
        .filter(({ tokens }) => isKeyword(tokens[0], "CREATE"))
        .flatMap(({ tokens }) => tokens.slice(1, 3))
        .filter((token) => isKeyword(token, "CATALOG", "DATABASE")),
  },
  {
    must: "not create by query IF NOT EXISTS: where the table is there, a changed query does nothing; make the table a topic with subjects and INSERT into it",
    find: ({ statements }) =>
      of(statements, "create-table-as", "create-view")
        .filter(createsUnlessThere)
        .flatMap(({ tokens }) => tokens.slice(0, 1)),
  },
  {
    must: "create IF NOT EXISTS: Confluent forgets a finished statement after 30 days, and Terraform then runs it again",
    find: ({ statements }) =>
      of(statements, "create-table")
        .filter((statement) => !createsUnlessThere(statement))
        .flatMap(({ tokens }) => tokens.slice(0, 1)),
  },
  {
    must: "say DISTRIBUTED BY (…) INTO n BUCKETS: otherwise rows of one key lie in any partition, in no order",
    find: ({ statements }) =>
      of(statements, "create-table", "create-table-as")
        .filter(({ tokens }) => !tokens.some((_, at) => isPhrase(tokens, at, "DISTRIBUTED BY")))
        .flatMap(({ tokens }) => tokens.slice(0, 1)),
  },
  {
    must: "declare PRIMARY KEY (…) NOT ENFORCED: an upsert says which row it replaces by its key",
    find: ({ statements }) =>
      of(statements, "create-table", "create-table-as")
        .filter(({ tokens }) => !tokens.some((_, at) => isPhrase(tokens, at, "PRIMARY KEY")))
        .flatMap((statement) =>
          options(statement)
            .filter(({ key, value }) => key.text === "changelog.mode" && value.text === "upsert")
            .map(({ key }) => key),
        ),
  },
];

function of(
  statements: readonly SqlStatement[],
  ...kinds: readonly SqlKind[]
): readonly SqlStatement[] {
  return statements.filter(({ kind }) => kinds.includes(kind));
}

interface Option {
  readonly key: Token;
  readonly value: Token;
}

/** `'key' = 'value'`. */
function options({ tokens, kind }: SqlStatement): readonly Option[] {
  const isDefinition = ["create-table", "create-table-as", "alter-table"].includes(kind);
  return tokens.flatMap((key, index) => {
    const value = tokens[index + 2];
    const isOption = key.kind === "string" && isSymbol(tokens[index + 1], "=");
    return isDefinition && isOption && value?.kind === "string" ? [{ key, value }] : [];
  });
}

function createsUnlessThere({ tokens }: SqlStatement): boolean {
  return tokens.slice(0, 6).some((_, at) => isPhrase(tokens, at, "IF NOT EXISTS"));
}
