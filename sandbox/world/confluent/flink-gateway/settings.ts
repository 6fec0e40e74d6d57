import { ProtocolError } from "../../protocol";
import { isObject, type Json, type JsonObject } from "../../values";

/** How long the REST API takes for things, counted in readings: the world's clock stands still. */
export interface GatewaySettings {
  /** Readings of a new or resumed statement that show it `PENDING`. @default 1 */
  readonly pendingReads: number;
  /** Readings of a statement that show it `STOPPING`. @default 1 */
  readonly stoppingReads: number;
  /** Readings of a statement that show it `DELETING`. @default 1 */
  readonly deletingReads: number;
  /** Lists in which a new statement is not there yet and a deleted one still is. @default 1 */
  readonly staleLists: number;
  /** By table, how many more statements do not see it. @default - all are seen */
  readonly lateTables: Readonly<Record<string, number>>;
  /**
   * Whether an absent statement is forbidden rather than not found, as it is for roles that are bound to a compute pool.
   *
   * @default false
   */
  readonly absentIsForbidden: boolean;
}

export const defaultSettings: GatewaySettings = {
  pendingReads: 1,
  stoppingReads: 1,
  deletingReads: 1,
  staleLists: 1,
  lateTables: {},
  absentIsForbidden: false,
};

const counts = ["pendingReads", "stoppingReads", "deletingReads", "staleLists"] as const;

/**
 * The settings with those that are given changed.
 *
 * @throws ProtocolError naming the member that is wrong or unknown
 */
export function changedSettings(settings: GatewaySettings, body: Json): GatewaySettings {
  if (!isObject(body)) {
    throw new ProtocolError("the settings must be an object");
  }
  const unknown = Object.keys(body).find((name) => !(name in defaultSettings));
  if (unknown !== undefined) {
    throw new ProtocolError(
      `unknown setting ${JSON.stringify(unknown)}, expected some of ${Object.keys(defaultSettings).join(", ")}`,
    );
  }
  const { lateTables = settings.lateTables, absentIsForbidden = settings.absentIsForbidden } = body;
  if (typeof absentIsForbidden !== "boolean") {
    throw new ProtocolError("absentIsForbidden must be true or false");
  }
  return {
    ...settings,
    ...Object.fromEntries(counts.map((name) => [name, count(name, body[name] ?? settings[name])])),
    absentIsForbidden,
    lateTables: countsOf("lateTables", lateTables),
  };
}

function countsOf(name: string, value: Json | JsonObject): Readonly<Record<string, number>> {
  if (!isObject(value)) {
    throw new ProtocolError(`${name} must be an object of numbers by table`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([table, number]) => [
      table,
      count(`${name}.${table}`, number ?? null),
    ]),
  );
}

function count(name: string, value: Json): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
    throw new ProtocolError(
      `${name} must be a whole number of at least 0, got ${JSON.stringify(value)}`,
    );
  }
  return value;
}
