import { readFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../delivery/user-error";
import { ServerProcess } from "../../sandbox/aws/server-process";
import { tableSchemas } from "./schemas";

/** A Flink gateway of this machine with the project's tables, and what a client needs to know of it. */
export interface Gateway {
  /** As the deployer's `Target` has it. */
  readonly target: Readonly<Record<string, string>>;
  /** As the deployer's `Credentials` has it. */
  readonly credentials: { readonly api_key: string; readonly api_secret: string };
  /** The certificates to trust, a PEM file. */
  readonly caFile: string;
  stop(): Promise<void>;
}

/** The answer of `POST /sandbox/catalog`, as far as it is needed. */
interface Catalog {
  readonly organizationId: string;
  readonly environmentId: string;
  readonly computePoolId: string;
  readonly principalId: string;
  readonly cloud: string;
  readonly region: string;
  readonly catalog: string;
  readonly database: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly url: string;
  readonly caFile: string;
}

/**
 * Starts the sandbox's world with one environment that has nothing but tables.
 *
 * @param scratch a directory for its journal, log and certificate
 */
export async function startGateway(
  project: string,
  tables: readonly string[],
  scratch: string,
): Promise<Gateway> {
  const server = new ServerProcess(
    process.execPath,
    [
      join(__dirname, "..", "..", "sandbox", "world", "main.js"),
      ...["--nonce", "compile", "--seed", "compile", "--journal", join(scratch, "journal.ndjson")],
    ],
    { log: join(scratch, "world.log"), env: process.env },
  );
  try {
    const url = await server.ready();
    // Nothing that takes a while with Confluent has to take a while here.
    await post(url, "/sandbox/flink", { pendingReads: 0, stoppingReads: 0, deletingReads: 0 });
    const catalog = (await post(url, "/sandbox/catalog", {
      region: "us-east-1",
      catalog: "pipelines",
      database: "tables",
      tables: tables.map((table) => tableRequest(project, table)),
    })) as Catalog;
    return {
      target: {
        organization_id: catalog.organizationId,
        environment_id: catalog.environmentId,
        compute_pool_id: catalog.computePoolId,
        principal_id: catalog.principalId,
        cloud: catalog.cloud,
        region: catalog.region,
        rest_endpoint: catalog.url,
        catalog: catalog.catalog,
        database: catalog.database,
      },
      credentials: { api_key: catalog.apiKey, api_secret: catalog.apiSecret },
      caFile: catalog.caFile,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function tableRequest(project: string, name: string): unknown {
  const { value, key } = tableSchemas(project, name);
  const schema = (file: string): unknown => ({
    format: file.endsWith(".avsc") ? "AVRO" : "JSON",
    text: readFileSync(join(project, file), "utf8"),
  });
  return {
    name,
    valueSchema: schema(value),
    ...(key === undefined ? {} : { keySchema: schema(key) }),
  };
}

async function post(url: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw new UserError(`the local gateway refuses ${path}: ${text}`);
  }
  return JSON.parse(text) as unknown;
}
