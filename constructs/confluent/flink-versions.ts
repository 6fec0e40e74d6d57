import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { IConstruct } from "constructs";

import { ValidationError } from "../core/errors";
import { readSourceFile } from "../core/source-file";
import { validate } from "../core/validation";
import { analyseSql, type SqlAnalysis } from "./flink-sql/analysis";

/** One version of a statement's text. */
export interface SqlVersion {
  readonly number: number;

  /** Relative to the folder in which the application runs. */
  readonly file: string;
  readonly sql: string;
  readonly analysis: SqlAnalysis;
}

const VERSION_FILE = /^v[1-9]\d*\.sql$/;

/** The versions of a statement. */
export interface SqlVersions {
  readonly newest: SqlVersion;

  /** Those before it, the newest first: each stays as long as some environment runs it. */
  readonly older: readonly SqlVersion[];
}

/**
 * Reads the versions in a directory: `v1.sql`, `v2.sql` and so on.
 *
 * @throws ValidationError for a directory without versions, with a gap, or with other SQL files
 */
export function readVersions(scope: IConstruct, directory: string): SqlVersions {
  const sqlFiles = listFiles(scope, directory).filter((name) => name.endsWith(".sql"));
  const strangers = sqlFiles.filter((name) => !VERSION_FILE.test(name));
  const [newest = 0, ...older] = sqlFiles
    .filter((name) => VERSION_FILE.test(name))
    .map((name) => Number(name.slice(1, -".sql".length)))
    .sort((one, other) => other - one);
  const hasGap = older.some((number, index) => number !== newest - index - 1);
  validate(scope, [
    [
      strangers.length > 0,
      `${directory} must name its SQL files v1.sql, v2.sql and so on, got ${strangers.join(", ")}`,
    ],
    [
      sqlFiles.length === 0,
      `${directory} must hold a version of the statement such as v1.sql, got none`,
    ],
    [
      hasGap,
      `${directory} must hold its versions without a gap, got ${[newest, ...older].map(fileName).join(", ")}`,
    ],
  ]);
  const read = (number: number): SqlVersion => {
    const file = join(directory, fileName(number));
    const sql = readSourceFile(scope, file).trim();
    return { number, file, sql, analysis: analyseSql(sql) };
  };
  return { newest: read(newest), older: older.map(read) };
}

function fileName(number: number): string {
  return `v${number}.sql`;
}

function listFiles(scope: IConstruct, directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new ValidationError(scope, [
      `${directory} cannot be read; name a directory relative to the project's root: ${String(error)}`,
    ]);
  }
}
