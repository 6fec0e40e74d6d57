import {
  afterPath,
  isKeyword,
  isName,
  isSymbol,
  keywordOf,
  pathFrom,
  readPath,
  type TablePath,
  type Token,
} from "./tokens";
import { isTemporalAt, stateAt } from "./query-state";

/** Something in a query, and where it is. */
export interface Finding {
  readonly what: string;
  readonly token: Token;
}

/** What a query does, as far as its text tells. */
export interface QueryFacts {
  /** Tables that it reads, in the order of the text; its own WITH names are none. */
  readonly reads: readonly TablePath[];

  /** What makes Flink keep rows or sums between two records. */
  readonly state: readonly Finding[];

  /** `*` where the columns of the result are listed. */
  readonly stars: readonly Token[];

  /** Joins that keep both sides until told otherwise. */
  readonly regularJoins: readonly Token[];
}

/** Words after which a comma starts no table any more. */
const AFTER_FROM =
  "WHERE GROUP HAVING WINDOW ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT SELECT VALUES".split(
    " ",
  );

const SET_OPERATORS = ["UNION", "INTERSECT", "EXCEPT", "ALL"];

/** Words before parentheses that call nothing. */
const NO_FUNCTION = [...SET_OPERATORS, "AS", "FROM", "JOIN", "IN", "EXISTS"];

/** One pair of parentheses, or the text outside all of them. */
interface Level {
  /** Whether a SELECT was seen: FROM belongs to a query only after it, `EXTRACT(DAY FROM d)` has one as well. */
  isQuery: boolean;

  /** Whether its columns are the result's columns. */
  readonly isResult: boolean;

  /** Whether it is a part of one value, where a query is no table. */
  readonly isExpression: boolean;

  inFrom: boolean;
  inWith: boolean;

  /** What the next name is. */
  next?: "table" | "with-name" | undefined;

  /** The WITH name whose query comes next. */
  pending?: string | undefined;

  /** The WITH name that these parentheses define. */
  readonly defines?: string | undefined;

  /** The function whose arguments these are. */
  readonly callee?: Token | undefined;
  readonly withNames: Set<string>;
}

/** Reads a query's tokens once, from the left. */
export function queryFacts(tokens: readonly Token[]): QueryFacts {
  return new QueryReader(tokens).read();
}

class QueryReader {
  private readonly reads: TablePath[] = [];
  private readonly state: Finding[] = [];
  private readonly stars: Token[] = [];
  private readonly regularJoins: Token[] = [];
  private readonly outer: Level[] = [];
  private level: Level = newLevel({ isResult: true });

  constructor(private readonly tokens: readonly Token[]) {}

  read(): QueryFacts {
    for (let index = 0; index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (isSymbol(token, "(")) this.open(index);
      else if (isSymbol(token, ")")) this.close();
      else if (isSymbol(token, ",")) this.separate(index);
      else if (isSymbol(token, "*")) this.star(index);
      else if (isName(token)) index = this.name(index, token);
    }
    const { reads, state, stars, regularJoins } = this;
    return { reads, state, stars, regularJoins };
  }

  private open(index: number): void {
    const { level, tokens } = this;
    const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    const inFrom = level.next === "table";
    const isSubquery = isKeyword(after, "SELECT", "WITH");
    const isValue = level.isQuery || level.isExpression;
    const isBranch = !isValue || isKeyword(before, ...SET_OPERATORS);
    const defines = isKeyword(before, "AS") ? level.pending : undefined;
    if (isSubquery && !isBranch && !inFrom && token !== undefined) {
      const what = isKeyword(before, "IN", "EXISTS")
        ? `${keywordOf(before)} (SELECT …)`
        : "subquery";
      this.state.push({ what, token });
    }
    level.next = undefined;
    if (defines !== undefined) level.pending = undefined;
    this.outer.push(level);
    this.level = newLevel({
      // The parentheses of FROM (a JOIN b) are a part of that FROM.
      isQuery: inFrom,
      inFrom,
      next: inFrom ? "table" : undefined,
      isResult: level.isResult && isBranch && !inFrom && defines === undefined,
      isExpression: isValue && !isBranch && !inFrom,
      defines,
      callee: before?.kind === "word" && !isKeyword(before, ...NO_FUNCTION) ? before : undefined,
    });
  }

  private close(): void {
    const { defines } = this.level;
    this.level = this.outer.pop() ?? this.level;
    if (defines !== undefined) this.level.withNames.add(defines);
  }

  private separate(index: number): void {
    const { level, tokens } = this;
    if (level.inWith) level.next = "with-name";
    if (!level.inFrom) return;
    level.next = "table";
    this.join(tokens[index], index, "comma between tables");
  }

  /** `SELECT *`, `SELECT a, *` and `t.*`; neither `count(*)` nor a product. */
  private star(index: number): void {
    const before = this.tokens[index - 1];
    const token = this.tokens[index];
    const isItem = isKeyword(before, "SELECT", "ALL", "DISTINCT") || isSymbol(before, ",", ".");
    if (isItem && token !== undefined && this.level.isResult) this.stars.push(token);
  }

  /** @returns the position of the last token that was read. */
  private name(index: number, token: Token): number {
    const { level, tokens } = this;
    const { next } = level;
    if (next === "with-name") {
      level.next = undefined;
      level.pending = token.text;
      return index;
    }
    if (isKeyword(token, "WITH") && definesName(tokens, index + 1)) {
      level.inWith = true;
      level.next = "with-name";
      return index;
    }
    const following = tokens[index + 1];
    if (isKeyword(token, "TABLE") && isName(following)) return this.wholeTable(index, following);
    if (isKeyword(token, ...AFTER_FROM)) this.endFrom(token);
    else if (next === "table" && !isKeyword(token, "LATERAL", "TABLE"))
      return this.table(index, token);
    this.keyword(index, token);
    return index;
  }

  private endFrom(token: Token): void {
    const { level } = this;
    level.inFrom = false;
    level.next = undefined;
    if (!isKeyword(token, "SELECT", "VALUES")) return;
    level.inWith = false;
    level.isQuery = true;
  }

  /** `TABLE t`, as a query or as what a table function works on, which then sees more than one row. */
  private wholeTable(index: number, first: Token): number {
    const { callee } = this.level;
    if (callee !== undefined) {
      this.state.push({ what: `${keywordOf(callee)}(TABLE …)`, token: callee });
    }
    return this.table(index + 1, first);
  }

  private table(index: number, first: Token): number {
    const { level, tokens } = this;
    level.next = undefined;
    const path = pathFrom(tokens, index, first);
    const end = afterPath(index, path);
    const isFunction = isSymbol(tokens[end], "(");
    const isOwn =
      path.parts.length === 1 &&
      [level, ...this.outer].some(({ withNames }) => withNames.has(first.text));
    if (!isFunction && !isOwn) this.reads.push(path);
    return end - 1;
  }

  private keyword(index: number, token: Token): void {
    const { level, tokens } = this;
    if (isKeyword(token, "FROM") && level.isQuery && !isKeyword(tokens[index - 1], "DISTINCT")) {
      level.inFrom = true;
      level.next = "table";
    } else if (isKeyword(token, "JOIN")) {
      level.next = "table";
      this.join(token, index, "JOIN");
    }
    const what = stateAt(tokens, index);
    if (what !== undefined) this.state.push({ what, token });
  }

  /** A function of one row is no join of two tables: `CROSS JOIN UNNEST(a)`, `, LATERAL TABLE(f(a))`. */
  private join(token: Token | undefined, index: number, what: string): void {
    const { tokens } = this;
    const start = isKeyword(tokens[index + 1], "LATERAL") ? index + 2 : index + 1;
    if (token === undefined || isKeyword(tokens[start], "UNNEST")) return;
    if (start > index + 1 && isKeyword(tokens[start], "TABLE")) return;
    this.state.push({ what, token });
    const path = readPath(tokens, start);
    const isTemporal = path !== undefined && isTemporalAt(tokens, afterPath(start, path));
    if (!isTemporal) this.regularJoins.push(token);
  }
}

function newLevel(level: Partial<Level>): Level {
  return {
    isQuery: false,
    isResult: false,
    isExpression: false,
    inFrom: false,
    inWith: false,
    withNames: new Set(),
    ...level,
  };
}

/** `name AS (`, or `name (columns) AS (`. */
function definesName(tokens: readonly Token[], start: number): boolean {
  return (
    isName(tokens[start]) &&
    (isSymbol(tokens[start + 1], "(") ||
      (isKeyword(tokens[start + 1], "AS") && isSymbol(tokens[start + 2], "(")))
  );
}
