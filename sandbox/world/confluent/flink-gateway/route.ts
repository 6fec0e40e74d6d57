import { Refusal } from "../../refusal";

/** What can be asked of the statements API; a fault rule names one of them after `flink.`. */
export const gatewayOperations = [
  "flink.create",
  "flink.get",
  "flink.list",
  "flink.update",
  "flink.delete",
  "flink.results",
  "flink.exceptions",
] as const;

export type GatewayOperation = (typeof gatewayOperations)[number];

/** A call of the statements API, as far as its address tells. */
export interface Route {
  readonly operation: GatewayOperation;
  readonly organizationId: string;
  readonly environmentId: string;
  /** Empty for the whole collection. */
  readonly name: string;
  readonly query: URLSearchParams;
}

const collection: Readonly<Record<string, GatewayOperation | undefined>> = {
  GET: "flink.list",
  POST: "flink.create",
};
const object: Readonly<Record<string, GatewayOperation | undefined>> = {
  GET: "flink.get",
  PUT: "flink.update",
  DELETE: "flink.delete",
};
const parts: Readonly<Record<string, Readonly<Record<string, GatewayOperation | undefined>>>> = {
  results: { GET: "flink.results" },
  exceptions: { GET: "flink.exceptions" },
};

const pattern =
  /^\/sql\/v1\/organizations\/([^/]+)\/environments\/([^/]+)\/statements(?:\/([^/]+)(?:\/([^/]+))?)?$/;

/** @throws Refusal when there is no such address, or nothing that the method does there */
export function findRoute(method: string, url: string): Route {
  const { pathname, searchParams } = new URL(url, "https://localhost");
  const [, ...steps] = pattern.exec(pathname) ?? [];
  const [organizationId = "", environmentId = "", name = "", part = ""] = steps.map(decoded);
  const methods = name === "" ? collection : part === "" ? object : parts[part];
  if (organizationId === "" || methods === undefined) {
    throw new Refusal(404, `no route ${pathname}`);
  }
  const operation = methods[method];
  if (operation === undefined) {
    throw new Refusal(
      405,
      `${method} is not allowed at ${pathname}`,
      `allowed: ${Object.keys(methods).join(", ")}`,
    );
  }
  return {
    operation,
    organizationId,
    environmentId,
    name,
    query: searchParams,
  };
}

function decoded(step: string | undefined): string {
  try {
    return decodeURIComponent(step ?? "");
  } catch (error) {
    throw new Refusal(
      404,
      `no route with ${step ?? ""}`,
      error instanceof Error ? error.message : "",
    );
  }
}
