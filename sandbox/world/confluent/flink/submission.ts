import { timestamp } from "../../clock";
import { deriveUuid } from "../../identifiers";
import { Refusal } from "../../refusal";
import type { ConfluentCloud } from "../cloud";
import type { FlinkStatement } from "../objects";
import { quote } from "../wording";

/** Characters of a statement's text. */
const TEXT_LIMIT = 131_072;

/** What Confluent's API writes for a time that never was. */
const NEVER = "0001-01-01T00:00:00Z";

/** Properties with this beginning are sent and never shown. */
const SECRETS = "sql.secrets";

/** What decides a new statement. */
export type NewStatement = Pick<
  FlinkStatement,
  "name" | "environmentId" | "computePoolId" | "principalId" | "sql" | "properties" | "labels"
>;

/**
 * A statement that was accepted and has not started yet.
 *
 * @throws Refusal when the name is no name or taken, or the text is too long
 */
export function newStatement(cloud: ConfluentCloud, submission: NewStatement): FlinkStatement {
  const { name, sql, environmentId } = submission;
  requireName(name);
  if (sql.length > TEXT_LIMIT) {
    throw new Refusal(400, `Statement text is longer than ${TEXT_LIMIT} characters`);
  }
  const id = `${environmentId}/${name}`;
  if (cloud.statements.has(id)) {
    throw new Refusal(409, `Statement ${name} already exists`);
  }
  const { now } = cloud.clock;
  return {
    ...submission,
    id,
    uid: deriveUuid(...cloud.identifiers.next("statement-uid", [id])),
    createdAt: now,
    updatedAt: now,
    revision: 1,
    phase: "PENDING",
    detail: "",
    phaseSince: now,
    latestOffsets: {},
  };
}

/** @throws Refusal when it is no name for a statement */
export function requireName(name: string): void {
  if (!/^[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?$/.test(name)) {
    throw new Refusal(
      400,
      `Invalid statement name ${quote(name)}`,
      "at most 100 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
    );
  }
}

export function noStatement(name: string): Refusal {
  return new Refusal(404, `Statement resource=${name} does not exist`);
}

/** The properties that the API tells. */
export function shownProperties({
  properties,
}: Pick<FlinkStatement, "properties">): FlinkStatement["properties"] {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !name.startsWith(SECRETS)),
  );
}

/** In RFC 3339. */
export function timeOrNever(milliseconds: number | undefined): string {
  return milliseconds === undefined ? NEVER : timestamp(milliseconds);
}
