/**
 * `npm run bench:deploy`: what a deployment costs with either engine, through Lambda's real runtime client, against a Flink
 * that answers at once. The engine table-api has what the image has: its packages and its linked Java.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { print, runProgram } from "../../delivery/program";
import { startGateway } from "../../python/compile/gateway";
import { ensurePythonEnvironment } from "../../python/environment";
import { environmentDirectory, namedEnvironment } from "../../python/environments";
import { projectDirectory } from "../../python/lists";
import { readFinalStage } from "../../sandbox/images/dockerfile";
import { columns } from "./columns";
import { type Engine, eventsOf } from "./events";
import { imageTools, makeImageContent } from "./image-content";
import { measure, type Runtime } from "./measure";
import { startSecretsManager } from "./secrets-manager";
import { type Action, cells, HEADINGS, LIMITS, type Row } from "./verdict";

const DOCKERFILE = join("functions", "flink-deployer", "Dockerfile");
const PIPELINES: Readonly<Record<Engine, string>> = {
  compiled: "flyer_stats",
  "table-api": "flight_consolidator",
};
const TABLES = ["skyone_avro", "sunset_avro", "flight_avro", "flyer_stats_avro"];
const SECRET_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:bench-AbCdEf";
const ROUNDS = 3;
/** What Lambda's base image has, and has compiled. */
const BASE_PACKAGES = ["awslambdaric", "botocore", "dateutil", "jmespath", "simplejson", "urllib3"];

runProgram(async () => {
  const project = projectDirectory();
  const scratch = mkdtempSync(join(tmpdir(), "bench-deploy-"));
  const stop: (() => unknown)[] = [
    () => {
      rmSync(scratch, { recursive: true, force: true });
    },
  ];
  try {
    const tools = await imageTools();
    const { plugin, java = tools.env["JAVA_HOME"] } = makeImageContent(project, tools);
    const python = await ensurePythonEnvironment(
      environmentDirectory("development"),
      namedEnvironment("development"),
    );
    compileBasePackages(python);
    const gateway = await startGateway(project, TABLES, scratch);
    stop.unshift(() => gateway.stop());
    const secrets = await startSecretsManager(secretDocument(gateway));
    stop.unshift(() => {
      secrets.stop();
    });
    const { environment, command } = readFinalStage(
      readFileSync(join(project, DOCKERFILE), "utf8"),
      DOCKERFILE,
    );
    const runtime: Runtime = { project, python, handler: command[0] ?? "", scratch };
    const surroundings = {
      PATH: process.env["PATH"] ?? "",
      HOME: scratch,
      TMPDIR: scratch,
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONNOUSERSITE: "1",
      SSL_CERT_FILE: gateway.caFile,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_ENDPOINT_URL: secrets.url,
    };
    const rows: Row[] = [];
    for (const engine of ["compiled", "table-api"] as const) {
      const task_root = layOut(
        project,
        scratch,
        engine,
        engine === "table-api" ? plugin : undefined,
      );
      const image = {
        ...environment,
        JAVA_HOME: java ?? "",
        HOME: scratch,
        FLINK_LOG_DIR: scratch,
      };
      const variables = engine === "table-api" ? { ...surroundings, ...image } : surroundings;
      const { target } = gateway;
      const events = eventsOf(project, {
        ...{ engine, pipeline: PIPELINES[engine], target, secretArn: SECRET_ARN },
      });
      const calls: readonly (readonly [Action, object])[] = [
        ["cold deploy", events.deploy],
        ["unchanged deploy", events.deploy],
        ["status", events.status],
        ["delete", events.delete],
      ];
      const all = Array.from({ length: ROUNDS }, () => calls).flat();
      const costs = await measure(
        runtime,
        all.map(([, event]) => ({ task_root, environment: variables, event })),
      );
      calls.forEach(([action], index) => {
        const own = costs.filter((_, place) => place % calls.length === index);
        rows.push({ engine, action, costs: own });
      });
    }
    const lines = rows.map(cells);
    print(columns([HEADINGS, ...lines]));
    print(
      `Each call in a new process, ${ROUNDS} times: median of the seconds, start and import included; highest sum of the` +
        ` peaks of Python and Java. Limits: ${LIMITS.seconds} s and ${LIMITS.mebibytes} MiB.` +
        (java?.startsWith(dirname(plugin)) ? "" : " Java is this machine's: none could be linked."),
    );
    return lines.some((line) => line.includes("over")) ? 1 : 0;
  } finally {
    for (const end of stop) {
      await end();
    }
  }
});

/** The function's folder, as its zip file or its image has it. */
function layOut(project: string, scratch: string, engine: Engine, plugin?: string): string {
  const root = join(scratch, engine);
  const pipeline = join("pipelines", PIPELINES[engine]);
  mkdirSync(join(root, "pipelines"), { recursive: true });
  const source = join(project, "functions", "flink-deployer", "src", "flink_deployer");
  const filter = (path: string): boolean => !path.endsWith("__pycache__");
  cpSync(source, join(root, "flink_deployer"), { recursive: true, filter });
  cpSync(join(project, pipeline), join(root, pipeline), { recursive: true, filter });
  for (const name of plugin === undefined ? [] : readdirSync(plugin)) {
    symlinkSync(join(plugin ?? "", name), join(root, name));
  }
  return root;
}

function secretDocument({ target, credentials }: Awaited<ReturnType<typeof startGateway>>): string {
  return JSON.stringify({
    "flink.cloud": target["cloud"],
    "flink.region": target["region"],
    "flink.api.key": credentials.api_key,
    "flink.api.secret": credentials.api_secret,
    "organization.id": target["organization_id"],
    "environment.id": target["environment_id"],
    "flink.compute.pool.id": target["compute_pool_id"],
    "flink.principal.id": target["principal_id"],
  });
}

function compileBasePackages(python: string): void {
  const script =
    "import compileall, importlib.util as u, sys\n" +
    "for name in sys.argv[1:]:\n" +
    "    for place in u.find_spec(name).submodule_search_locations or []:\n" +
    "        compileall.compile_dir(place, quiet=2)";
  execFileSync(python, ["-I", "-c", script, ...BASE_PACKAGES]);
}
