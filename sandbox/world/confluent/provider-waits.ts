import { block, flag, text, type TerraformObject } from "../values";

/** Seconds that the provider lets pass, or polls, before it reports success. Types that are not here take none. */
const waits: Readonly<Record<string, Waits | undefined>> = {
  confluent_kafka_cluster: { create: 5, update: 0, delete: 60 },
  confluent_role_binding: {
    create: (planned) => (flag(planned, "disable_wait_for_ready") ? 0 : 90),
  },
  confluent_api_key: { create: keyWait },
  confluent_kafka_topic: { create: 10, update: 10, delete: 10 },
  confluent_schema: { create: 10, update: 10, delete: 10 },
  confluent_subject_config: { create: 10, update: 10, delete: 10 },
  confluent_flink_compute_pool: { create: 5 },
  confluent_flink_statement: { create: 5, update: 5, delete: 10 },
  confluent_flink_materialized_table: { create: 5, update: 5, delete: 5 },
  // A pause, and a first look at the connector after three minutes.
  confluent_connector: { create: 5 + 180 },
};

type Wait = number | ((planned: TerraformObject) => number);
type Waits = Readonly<Partial<Record<"create" | "update" | "delete", Wait>>>;

/**
 * How long Terraform waits for a call that has succeeded.
 *
 * @param planned what Terraform wanted; empty on delete
 * @returns seconds
 */
export function providerWait(
  type: string,
  operation: "create" | "update" | "delete",
  planned: TerraformObject,
): number {
  const wait = waits[type]?.[operation] ?? 0;
  return typeof wait === "number" ? wait : wait(planned);
}

/** Until a key opens what it is for: the provider tries it, or where it has no call to try, it sleeps. */
function keyWait(planned: TerraformObject): number {
  if (flag(planned, "disable_wait_for_ready")) {
    return 0;
  }
  const managed = block(planned, "managed_resource") ?? {};
  const [group = ""] = text(managed, "api_version").split("/");
  switch (group) {
    case "cmk": // Two answers in a row, a minute apart.
      return 120;
    case "srcm":
    case "fcpm":
      return 60;
    case "tableflow":
      return 40;
    default: // A cloud key, which counts everywhere.
      return 15;
  }
}
