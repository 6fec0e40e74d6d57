import fc from "fast-check";

import { analyseSql } from "../../../constructs/confluent/flink-sql/analysis";
import { parseStatement } from "../../../sandbox/world/confluent/flink/sql-statement";

const table = fc.constantFrom("s", "r", "d.q", "c.d.p", "`odd name`", "`from`");
const alias = fc.constantFrom("", " AS x", " y");

/** Queries of all forms that both the application and the sandbox read. */
const { query } = fc.letrec<{ query: string; source: string; condition: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(tie("source"), tie("condition")).map(([s, c]) => `SELECT a, 'FROM z' FROM ${s}${c}`),
    fc.tuple(tie("query"), tie("query")).map(([one, two]) => `${one} UNION ALL ${two}`),
    tie("source").map((s) => `SELECT EXTRACT(DAY FROM b), count(*) FROM ${s} GROUP BY b, c`),
  ),
  source: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(table, alias).map((parts) => parts.join("")),
    table.map((t) => `TUMBLE(TABLE ${t}, DESCRIPTOR(ts), INTERVAL '1' MINUTE)`),
    table.map((t) => `TABLE(HOP(DATA => TABLE ${t}, TIMECOL => DESCRIPTOR(ts)))`),
    tie("query").map((q) => `(${q}) AS x`),
    fc.tuple(tie("source"), tie("source")).map(([one, two]) => `${one} JOIN ${two} ON a = b`),
    fc.tuple(tie("source"), tie("source")).map((both) => both.join(", ")),
    tie("source").map((s) => `${s} CROSS JOIN UNNEST(xs) AS u (e)`),
    tie("source").map((s) => `${s}, LATERAL TABLE(split(b)) AS l (e)`),
  ),
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("", " WHERE a IS DISTINCT FROM b", " WHERE a = 'x' -- JOIN z\n"),
    tie("query").map((q) => ` WHERE a IN (${q})`),
    tie("query").map((q) => ` WHERE (a > 1 AND EXISTS (${q}))`),
  ),
}));

/** The query, perhaps behind a WITH of another. */
const withQuery = fc.oneof(
  query,
  fc.tuple(query, query).map(([one, two]) => `WITH w AS (${one}) ${two} UNION ALL SELECT a FROM w`),
);

it("reads the same tables as the sandbox, whose parser shares no line with it", () => {
  fc.assert(
    fc.property(withQuery, (text) => {
      const sql = `INSERT INTO t (a, b) ${text}`;
      const parsed = parseStatement(sql);
      const inserts = parsed.kind === "insert" ? parsed.inserts : [];
      const { kind, reads, writes } = analyseSql(sql);
      expect({
        kind,
        reads: reads.map(({ parts }) => parts),
        writes: writes.map(({ parts }) => parts),
      }).toEqual({
        kind: "insert",
        reads: inserts.flatMap((insert) => insert.query.sources.map(({ path }) => path)),
        writes: inserts.map(({ sink }) => sink.path),
      });
    }),
    { numRuns: 300 },
  );
});
