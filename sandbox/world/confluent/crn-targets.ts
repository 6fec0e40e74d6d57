import { Refusal } from "../refusal";
import type { ConfluentCloud } from "./cloud";
import { parseCrn, type CrnElement } from "./crn";
import { findFlinkRegion } from "./flink-regions";
import { kafkaResources } from "./roles";

/** What may follow each type of step in a resource name. */
const children: Readonly<Record<string, readonly string[]>> = {
  "": ["organization"],
  organization: ["environment", "service-account"],
  environment: ["cloud-cluster", "schema-registry", "flink-region"],
  "cloud-cluster": ["kafka"],
  kafka: kafkaResources,
  "schema-registry": ["subject"],
  "flink-region": ["compute-pool"],
};

/** Types whose names are free: a role may be bound to a topic before there is one, and to `prefix*`. */
const named: readonly string[] = [...kafkaResources, "subject"];

/**
 * Checks that a role binding points at something: every step down to the resource exists, inside the step before.
 *
 * @returns the type of what it points at, the pattern's last step
 * @throws Refusal naming the step that does not
 */
export function checkCrnPattern(cloud: ConfluentCloud, crnPattern: string): string {
  const elements = parseCrn(crnPattern);
  const last = elements?.at(-1);
  if (elements === undefined || last === undefined) {
    throw new Refusal(400, `Invalid CRN pattern ${crnPattern}`);
  }
  elements.forEach((element, index) => {
    checkElement(cloud, element, elements.slice(0, index));
  });
  return last.type;
}

function checkElement(
  cloud: ConfluentCloud,
  element: CrnElement,
  outer: readonly CrnElement[],
): void {
  const within = outer.at(-1)?.type ?? "";
  const step = `${element.type}=${element.name}`;
  if (!(children[within] ?? []).includes(element.type)) {
    throw new Refusal(
      400,
      "Invalid CRN pattern",
      `${step} cannot follow ${within === "" ? "the authority" : within}; what can: ${(children[within] ?? ["nothing"]).join(", ")}`,
    );
  }
  if (named.includes(element.type)) {
    checkName(cloud, element, outer);
  } else if (!exists(cloud, element, outer)) {
    throw new Refusal(404, "Resource Not Found", `${step} in the CRN pattern does not exist`);
  }
}

function exists(
  cloud: ConfluentCloud,
  { type, name }: CrnElement,
  outer: readonly CrnElement[],
): boolean {
  const environmentId = nameOf(outer, "environment");
  switch (type) {
    case "organization":
      return name === cloud.organizationId;
    case "service-account":
      return cloud.serviceAccounts.has(name);
    case "environment":
      return cloud.environments.has(name);
    case "cloud-cluster":
      return cloud.kafkaClusters.get(name)?.environmentId === environmentId;
    case "kafka":
      return name === nameOf(outer, "cloud-cluster");
    case "schema-registry":
      return cloud.schemaRegistries.get(name)?.environmentId === environmentId;
    case "compute-pool":
      return cloud.computePools.get(name)?.environmentId === environmentId;
    default: {
      const [provider = "", ...region] = name.split(".");
      return findFlinkRegion(provider, region.join(".")) !== undefined;
    }
  }
}

function checkName(
  cloud: ConfluentCloud,
  { type, name }: CrnElement,
  outer: readonly CrnElement[],
): void {
  if (name.slice(0, -1).includes("*")) {
    throw new Refusal(
      400,
      "Invalid CRN pattern",
      `${type}=${name} has a * that is not its last character`,
    );
  }
  const clusterId = nameOf(outer, "cloud-cluster") ?? "";
  if (cloud.kafkaClusters.get(clusterId)?.tier === "basic") {
    throw new Refusal(
      400,
      "Role bindings on Kafka resources are not supported for Basic clusters",
      `${clusterId} is a Basic cluster; roles on a ${type} need Standard or above`,
    );
  }
}

function nameOf(elements: readonly CrnElement[], type: string): string | undefined {
  return elements.find((element) => element.type === type)?.name;
}
