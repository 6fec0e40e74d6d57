import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import {
  deployIdOf,
  jobStatementName,
  logicalOf,
} from "../../constructs/confluent/flink-job-names";
import { digestOf } from "../../constructs/core/file-tree";

/** How an application's statements are made. */
export type Engine = "compiled" | "table-api";

/** What the deployer's events of one application have in common. */
export interface Application {
  readonly engine: Engine;
  /** The folder below `pipelines`. */
  readonly pipeline: string;
  readonly target: Readonly<Record<string, string>>;
  readonly secretArn: string;
}

const OPTIONS = {
  wait_timeout_s: 60,
  bake_s: 0,
  keep_previous: false,
  dry_run: false,
  redeploy_nonce: "",
};

/** The events by which an application is deployed, looked at, and deleted; as Terraform and the schedule send them. */
export function eventsOf(
  project: string,
  { engine, pipeline, target, secretArn }: Application,
): Record<"deploy" | "status" | "delete", object> {
  const name = pipeline.replaceAll("_", "-");
  const folder = join(project, "pipelines", pipeline);
  const { sinks } = JSON.parse(readFileSync(join(folder, "pipeline.json"), "utf8")) as {
    sinks: Record<string, { state: "stateless" | "stateful" }>;
  };
  const pipelineDigest = digestOf(
    filesOf(folder, engine).map((path) => ({ path, content: readFileSync(join(folder, path)) })),
  );
  const statements = Object.entries(sinks).map(([sink, { state }]) => {
    const own = { logical: logicalOf(sink), sink, start: "earliest", properties: {} };
    const content = { ...own, pipelineDigest, redeployNonce: "" };
    return { ...own, name: jobStatementName(name, content), strategy: "replace", state };
  });
  const names = Object.fromEntries(statements.map(({ logical, name }) => [logical, name]));
  const common = { schema_version: 1, target, secret_arn: secretArn, options: OPTIONS };
  const deploy = {
    ...common,
    role: "deploy",
    engine,
    app: { name, pipeline, pipeline_digest: pipelineDigest, deploy_id: deployIdOf(names) },
    statements,
  };
  return {
    deploy: { ...deploy, tf: { action: "create", prev_input: null } },
    status: { ...deploy, action: "status" },
    delete: {
      ...common,
      options: { wait_timeout_s: 60 },
      role: "teardown",
      app: { name },
      tf: { action: "delete", prev_input: null },
    },
  };
}

/** What a pipeline's digest is made from: its texts for one engine, its programs for the other. */
function filesOf(folder: string, engine: Engine): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const wanted = engine === "compiled" ? /^compiled\/[^/]+\.sql$/ : /\.py$/;
  return files.filter((file) => file === "pipeline.json" || wanted.test(file)).sort();
}
