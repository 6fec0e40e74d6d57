import {
  afterPath,
  closing,
  isKeyword,
  isName,
  isPhrase,
  isSymbol,
  readPath,
  type TablePath,
  type Token,
} from "./tokens";

export type SqlKind =
  | "insert"
  | "statement-set"
  | "create-table"
  | "create-table-as"
  | "create-view"
  | "alter-table"
  | "drop"
  | "select"
  | "other";

/** One `INSERT`. */
export interface Insert {
  /** The word itself. */
  readonly token: Token;
  readonly target: TablePath;

  /** Whether it says which columns it fills. A query in parentheses says nothing of the kind. */
  readonly hasColumns: boolean;
}

/** One statement, taken apart as far as its kind allows. */
export interface SqlStatement {
  readonly kind: SqlKind;
  readonly tokens: readonly Token[];
  readonly inserts: readonly Insert[];

  /** The tables or the view that it makes, changes, drops or writes. */
  readonly targets: readonly TablePath[];

  /** What it runs. */
  readonly queries: readonly (readonly Token[])[];
}

/** The statements of a text: usually one. A statement set is one statement. */
export function parseStatements(tokens: readonly Token[]): readonly SqlStatement[] {
  return splitStatements(tokens).map(parseStatement);
}

function splitStatements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const start = statementSetStart(tokens);
  // CASE … END ends no set: its END follows no semicolon.
  const end = tokens.findIndex(
    (token, index) => isKeyword(token, "END") && isSymbol(tokens[index - 1], ";"),
  );
  return start === undefined || end < start
    ? splitAtSemicolons(tokens)
    : [tokens.slice(0, end + 1), ...splitAtSemicolons(tokens.slice(end + 1))];
}

/** Position after the words that open a statement set. */
function statementSetStart(tokens: readonly Token[]): number | undefined {
  if (isPhrase(tokens, 0, "EXECUTE STATEMENT SET BEGIN")) return 4;
  return isPhrase(tokens, 0, "BEGIN STATEMENT SET") && isSymbol(tokens[3], ";") ? 4 : undefined;
}

function splitAtSemicolons(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const ends = tokens.flatMap((token, index) => (isSymbol(token, ";") ? [index] : []));
  const starts = [0, ...ends.map((end) => end + 1)];
  return starts
    .map((start, n) => tokens.slice(start, ends[n]))
    .filter((statement) => statement.length > 0);
}

function parseStatement(tokens: readonly Token[]): SqlStatement {
  const other = { kind: "other", tokens, inserts: [], targets: [], queries: [] } as const;
  const [first] = tokens;
  const start = statementSetStart(tokens);
  if (start !== undefined) {
    const parts = splitAtSemicolons(tokens.slice(start, -1)).map(parseInsert);
    const inserts = parts.filter((part) => part !== undefined);
    return inserts.length < parts.length
      ? other
      : { ...other, ...together(inserts), kind: "statement-set" };
  }
  if (isKeyword(first, "INSERT")) {
    const insert = parseInsert(tokens);
    return insert === undefined ? other : { ...other, ...together([insert]), kind: "insert" };
  }
  if (isKeyword(first, "SELECT", "WITH", "VALUES", "TABLE") || isSymbol(first, "(")) {
    return { ...other, kind: "select", queries: [tokens] };
  }
  return { ...other, ...parseDefinition(tokens) };
}

interface ParsedInsert extends Insert {
  readonly query: readonly Token[];
}

function together(
  inserts: readonly ParsedInsert[],
): Pick<SqlStatement, "inserts" | "targets" | "queries"> {
  return {
    inserts: inserts.map(({ token, target, hasColumns }) => ({ token, target, hasColumns })),
    targets: inserts.map(({ target }) => target),
    queries: inserts.map(({ query }) => query),
  };
}

/** `INSERT INTO t [PARTITION (…)] [(a, b)] <query>`. */
function parseInsert(tokens: readonly Token[]): ParsedInsert | undefined {
  const [token, into] = tokens;
  const target = readPath(tokens, 2);
  const isInsert = isKeyword(token, "INSERT") && isKeyword(into, "INTO", "OVERWRITE");
  if (!isInsert || token === undefined || target === undefined) return undefined;
  const end = afterPath(2, target);
  const next = isKeyword(tokens[end], "PARTITION") ? closing(tokens, end + 1) + 1 : end;
  const close = isSymbol(tokens[next], "(") ? closing(tokens, next) : next;
  const hasColumns = close > next && isNameList(tokens.slice(next + 1, close));
  return { token, target, hasColumns, query: tokens.slice(hasColumns ? close + 1 : next) };
}

function isNameList(tokens: readonly Token[]): boolean {
  return (
    tokens.length > 0 &&
    tokens.every((token, index) => (index % 2 === 0 ? isName(token) : isSymbol(token, ",", ".")))
  );
}

const OBJECTS = "TABLE VIEW FUNCTION MODEL CONNECTION DATABASE CATALOG".split(" ");

/** CREATE, ALTER and DROP. */
function parseDefinition(
  tokens: readonly Token[],
): Pick<SqlStatement, "kind" | "targets" | "queries"> {
  const object = tokens.findIndex((token) => isKeyword(token, ...OBJECTS));
  const verb = tokens[0];
  const isView = isKeyword(tokens[object], "VIEW");
  const isTable = isKeyword(tokens[object], "TABLE") && !isKeyword(tokens[1], "MATERIALIZED");
  const kind = ((): SqlKind => {
    if (isKeyword(verb, "DROP")) return "drop";
    if (isKeyword(verb, "ALTER")) return isTable ? "alter-table" : "other";
    if (!isKeyword(verb, "CREATE")) return "other";
    return isView ? "create-view" : isTable ? "create-table" : "other";
  })();
  if (kind === "other") return { kind, targets: [], queries: [] };
  const query = queryOf(tokens);
  const start = tokens.findIndex(
    (token, index) => index > object && !isKeyword(token, "IF", "NOT", "EXISTS"),
  );
  const target = isView || isTable ? readPath(tokens, start) : undefined;
  return {
    kind: kind === "create-table" && query.length > 0 ? "create-table-as" : kind,
    targets: target === undefined ? [] : [target],
    queries: query.length > 0 ? [query] : [],
  };
}

/** What follows `AS` outside the columns, where computed ones have an AS as well. */
function queryOf(tokens: readonly Token[]): readonly Token[] {
  let index = 0;
  while (index < tokens.length && !isKeyword(tokens[index], "AS")) {
    index = isSymbol(tokens[index], "(") ? closing(tokens, index) + 1 : index + 1;
  }
  return tokens.slice(index + 1);
}
