import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../delivery/user-error";

/** The schema files of a table, seen from the project's directory. */
export interface TableSchemas {
  readonly value: string;
  /** @default - keys have no schema */
  readonly key?: string;
}

const SCHEMAS = join("pipelines", "schemas");

/**
 * The schemas of a table: for each of its subjects the record of the newest released version, as its file in
 * `pipelines/schemas` has it now. So a pipeline can be compiled with a column before the schema with it is released.
 *
 * @throws UserError when no version has been released
 */
export function tableSchemas(project: string, table: string): TableSchemas {
  const value = subjectSchema(project, `${table}-value`);
  if (value === undefined) {
    throw new UserError(
      `table ${table} has no schema: add ${join(SCHEMAS, "registered", `${table}-value`)}/1.avsc, or correct the pipeline.json that names the table`,
    );
  }
  const key = subjectSchema(project, `${table}-key`);
  return key === undefined ? { value } : { value, key };
}

function subjectSchema(project: string, subject: string): string | undefined {
  const versions = join(SCHEMAS, "registered", subject);
  if (!existsSync(join(project, versions))) {
    return undefined;
  }
  const newest = readdirSync(join(project, versions))
    .sort((one, other) => parseInt(one) - parseInt(other))
    .at(-1);
  if (newest === undefined) {
    return undefined;
  }
  const released = join(versions, newest);
  const name = recordName(join(project, released));
  return (
    readdirSync(join(project, SCHEMAS))
      .filter((file) => file.endsWith(".avsc"))
      .map((file) => join(SCHEMAS, file))
      .find((file) => name !== undefined && recordName(join(project, file)) === name) ?? released
  );
}

/** The full name of an Avro record; undefined for a schema of another kind. */
function recordName(file: string): string | undefined {
  const { name, namespace = "" } = JSON.parse(readFileSync(file, "utf8")) as {
    name?: string;
    namespace?: string;
  };
  return name === undefined ? undefined : `${namespace}.${name}`;
}
