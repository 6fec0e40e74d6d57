import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

import { AwsAccount } from "../../../constructs/aws/account";
import { ContainerImage } from "../../../constructs/aws/container-image";
import { ImageRepository } from "../../../constructs/aws/image-repository";
import { Secret } from "../../../constructs/aws/secret";
import { FlinkComputePool } from "../../../constructs/confluent/flink-compute-pool";
import { FlinkPrincipal } from "../../../constructs/confluent/flink-principal";
import { FlinkRegion } from "../../../constructs/confluent/flink-region";
import { ServiceAccount } from "../../../constructs/confluent/service-account";
import { ResourceNames } from "../../../constructs/core/naming";
import {
  FlinkApplication,
  type FlinkApplicationProps,
} from "../../../constructs/patterns/flink-application";
import { flinkDocument } from "../../../constructs/patterns/secret-documents";
import { sourceFile } from "../../support/source-file";
import { streaming } from "../../support/streaming";
import { testStack } from "../../support/synth";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

export const account = new AwsAccount("123456789012", "us-east-1");

/** A pipeline without state from two tables into a third. */
export const BIG_ORDERS = {
  "pipeline.json": JSON.stringify({
    sources: ["orders", "returns"],
    sinks: { big_orders: { columns: ["id", "amount"], state: "stateless" } },
  }),
  "transform.py": "def transform(tables): ...\n",
  "compiled/big_orders.sql": "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders\n",
} as const;

/** Writes a pipeline's directory. @returns its path */
export function pipelineOf(
  files: Readonly<Record<string, string>> = BIG_ORDERS,
  name = "big_orders",
): string {
  const directory = join(temporaryDirectory(), name);
  writeFiles(directory, files);
  return directory;
}

/** The manifest of a pipeline that fills these tables. */
export function manifest(sinks: Readonly<Record<string, unknown>>): Record<string, string> {
  const files = Object.keys(sinks).map((sink) => [`compiled/${sink}.sql`, "INSERT INTO x\n"]);
  return {
    "pipeline.json": JSON.stringify({ sources: ["orders"], sinks }),
    ...(Object.fromEntries(files) as Record<string, string>),
  };
}

function valueSchema(...fields: readonly string[]): string {
  const columns = fields.map((name) => ({ name, type: "string" }));
  return sourceFile("row.avsc", JSON.stringify({ type: "record", name: "Row", fields: columns }));
}

const row = valueSchema("id", "amount");

export const TABLES = [
  { name: "orders", valueSchema: row },
  { name: "returns", valueSchema: row, keySchema: "key.avsc" },
  { name: "big_orders", valueSchema: row, keySchema: "key.avsc" },
  { name: "totals", valueSchema: row },
];

/** An application's props in a stack of their own; the region of its pool may be another. */
export function applicationProps({ poolRegion = "us-east-1" } = {}): {
  readonly stack: TerraformStack;
  readonly props: FlinkApplicationProps;
} {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const { environment, cluster, organization, tables: tableGrants } = streaming(stack);
  const names = new ResourceNames("lab", "test");
  const deployer = new ServiceAccount(stack, "Deployer", { displayName: "d", description: "D" });
  const runsAs = {
    organization,
    region: new FlinkRegion(stack, "Region", { region: "us-east-1" }),
    principal: new FlinkPrincipal(stack, "Runner", {
      displayName: "runner",
      description: "Runs",
      organization,
      cluster,
      deployer,
    }),
    pool: new FlinkComputePool(stack, "Pool", {
      environment,
      displayName: "lab-jobs",
      region: poolRegion,
      maxCfu: 5,
    }),
    secret: new Secret(stack, "Keys", {
      document: flinkDocument("runner"),
      names,
      recoveryDays: 0,
    }),
  };
  return {
    stack,
    props: {
      names,
      account,
      applicationName: "big-orders",
      pipeline: pipelineOf(),
      engine: "compiled",
      strategy: "carry_over",
      runsAs,
      cluster,
      tables: TABLES,
      tableGrants,
    },
  };
}

/** An application with some other props. */
export function application(change: Partial<FlinkApplicationProps> = {}): {
  readonly stack: TerraformStack;
  readonly application: FlinkApplication;
} {
  const { stack, props } = applicationProps();
  return { stack, application: new FlinkApplication(stack, "App", { ...props, ...change }) };
}

/** An image of the deployer in a repository of its own. */
export function image(stack: TerraformStack): ContainerImage {
  const repository = new ImageRepository(stack, "Images", {
    account,
    repositoryName: "images",
    functionPrefix: "lab-",
  });
  return new ContainerImage(stack, "Image", { repository, tag: "inputs-0123456789abcdef" });
}
