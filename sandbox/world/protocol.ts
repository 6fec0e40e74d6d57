import { isObject, type Json, type TerraformObject } from "./values";

/** What the stand-in provider asks of the world, each at `POST /terraform/<operation>`. */
export const operations = [
  "configure",
  "create",
  "read",
  "update",
  "delete",
  "import",
  "read-data-source",
] as const;

export type Operation = (typeof operations)[number];

/** Operations that change what exists. */
export const writes: ReadonlySet<Operation> = new Set(["create", "update", "delete"]);

export interface TerraformRequest {
  readonly provider: string;
  /** Terraform's type name; empty for `configure`. */
  readonly type: string;
  /** The provider block, with null and unknown values left out. */
  readonly configuration: TerraformObject;
  readonly config?: TerraformObject;
  readonly prior?: TerraformObject;
  readonly planned?: TerraformObject;
  readonly state?: TerraformObject;
  /** What the user wrote after `terraform import <address>`. */
  readonly id?: string;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** In the words of Confluent's provider. */
  readonly summary: string;
  /** What the world knows beyond them: which role, key or object was missing. */
  readonly detail?: string;
  readonly attribute?: readonly (string | number)[];
}

export interface TerraformResponse {
  /** The full new state; null when the object is gone; left out when the call changed nothing that Terraform may keep. */
  readonly state?: TerraformObject | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A request that no version of the stand-in provider sends. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

export function parseOperation(name: string): Operation {
  const operation = operations.find((candidate) => candidate === name);
  if (operation === undefined) {
    throw new ProtocolError(
      `unknown operation ${JSON.stringify(name)}, expected one of ${operations.join(", ")}`,
    );
  }
  return operation;
}

/** @throws {@link ProtocolError} naming the member that is missing or has the wrong type */
export function parseRequest(body: Json): TerraformRequest {
  if (!isObject(body)) {
    throw new ProtocolError("the request must be a JSON object");
  }
  const { provider, type = "", id } = body;
  if (typeof provider !== "string" || typeof type !== "string") {
    throw new ProtocolError("provider and type must be strings");
  }
  if (id !== undefined && id !== null && typeof id !== "string") {
    throw new ProtocolError("id must be a string");
  }
  return {
    provider,
    type,
    configuration: objectMember(body, "configuration") ?? {},
    config: objectMember(body, "config"),
    prior: objectMember(body, "prior"),
    planned: objectMember(body, "planned"),
    state: objectMember(body, "state"),
    id: id ?? undefined,
  };
}

function objectMember(body: TerraformObject, name: string): TerraformObject | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!isObject(value)) {
    throw new ProtocolError(`${name} must be an object`);
  }
  return value;
}
