import type { Construct } from "constructs";

import type { ContainerImage } from "../../aws/container-image";
import type { FlinkTable } from "../../confluent/flink-access";
import type { StartPosition } from "../../confluent/flink-evolution";
import { columnsOf } from "../../confluent/schema-columns";
import { DataSize } from "../../core/data-size";
import type { Duration } from "../../core/duration";
import type { Rule } from "../../core/validation";
import type { FlinkCredentialProps } from "../flink-credential";
import { waitSeconds } from "./events";
import type { FlinkEngine, Pipeline } from "./pipeline";
import type { DeployedStatement, DeployStrategy } from "./statements";

/** A table that a job may read and write, and what its values look like. */
export interface JobTable extends FlinkTable {
  /** Avro schema (`.avsc`) or JSON Schema (`.schema.json`) of its values. */
  readonly valueSchema: string;
}

/** What the rules look at. */
export interface RuledApplication {
  readonly applicationName: string;

  /** The pipeline's directory. */
  readonly directory: string;
  readonly pipeline: Pipeline;
  readonly engine: FlinkEngine;
  readonly image?: ContainerImage;
  readonly strategy: DeployStrategy;
  readonly start?: StartPosition;
  readonly properties?: Readonly<Record<string, string>>;
  readonly redeployNonce?: string;
  readonly takeOver?: string;
  readonly tables: readonly JobTable[];
  readonly runsAs: FlinkCredentialProps;
  readonly memory: DataSize;
  readonly timeout: Duration;
  readonly bake: Duration;
}

/** Below that a JVM with a planner does not start. */
const TABLE_API_MEMORY = DataSize.mebibytes(1024);

/** Properties that the deployer sets itself. */
const OWN_PROPERTY =
  /^sql\.(current-(catalog|database)|local-time-zone|tables\.(initial-offset-from|scan\.startup\.).*)$/;

/** What a statement's name ends with. */
const HASH = "-0123456789";

/** What cannot work, whatever Confluent says later. */
export function applicationRules(
  scope: Construct,
  application: RuledApplication,
  statements: readonly DeployedStatement[],
): readonly Rule[] {
  const { applicationName, pipeline, runsAs, start } = application;
  const file = `${application.directory}/pipeline.json`;
  const strangers = pipeline.sinks.filter(({ name }) => !/^[a-z][a-z0-9_]*$/.test(name));
  const readable = statements.map(({ name }) => name.slice(0, -HASH.length));
  return [
    [
      !/^(?=.{2,39}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(applicationName),
      `applicationName must be lower-case words joined by "-", 2 to 39 characters, and start with a letter, got ${JSON.stringify(applicationName)}`,
    ],
    [
      !/^[a-z][a-z0-9_]*$/.test(pipeline.name),
      `pipeline must be a directory whose name is lower-case words joined by "_", got ${JSON.stringify(application.directory)}`,
    ],
    [
      strangers.length > 0,
      `${file}: sinks must be lower-case words joined by "_", for statements are named after them, got ${strangers.map(({ name }) => name).join(", ")}`,
    ],
    [
      new Set(readable).size < readable.length,
      `${file}: sinks must differ in what the names of their statements have room for, got ${readable.join(", ")}`,
    ],
    [
      (application.redeployNonce ?? "").length > 64,
      `redeployNonce must be at most 64 characters, got ${JSON.stringify(application.redeployNonce)}`,
    ],
    [
      start instanceof Date && Number.isNaN(start.getTime()),
      "start must be a time that exists, got an invalid Date",
    ],
    [
      runsAs.pool.region !== runsAs.region.region,
      `runsAs must name a pool in the region ${runsAs.region.region}, got one in ${runsAs.pool.region}`,
    ],
    ...functionRules(application),
    ...propertyRules(application),
    ...strategyRules(application),
    ...tableRules(scope, application),
  ];
}

function functionRules({
  engine,
  image,
  memory,
  timeout,
  bake,
}: RuledApplication): readonly Rule[] {
  const seconds = bake.toMilliseconds() / 1000;
  return [
    [
      (engine === "table-api") !== (image !== undefined),
      engine === "table-api"
        ? "image must be the deployer's, for the engine table-api runs in it, got none"
        : "image must be left out: the engine compiled needs none, got one",
    ],
    [
      engine === "table-api" && memory.toBytes() < TABLE_API_MEMORY.toBytes(),
      `memory must be at least ${TABLE_API_MEMORY.toString()} for the engine table-api, got ${memory.toString()}`,
    ],
    [
      !Number.isInteger(seconds) || seconds > 600 || seconds >= waitSeconds(timeout),
      `bake must be whole seconds, at most 600, and at least a minute shorter than timeout (${timeout.toString()}), got ${bake.toString()}`,
    ],
  ];
}

function propertyRules({ properties = {} }: RuledApplication): readonly Rule[] {
  const names = Object.keys(properties);
  const strangers = names.filter((name) => !/^sql\.[a-z0-9.-]+$/.test(name));
  const owned = names.filter((name) => OWN_PROPERTY.test(name));
  const secret = names.filter((name) => name.startsWith("sql.secrets"));
  return [
    [
      strangers.length > 0,
      `properties must be named sql.…, in lower-case letters, got ${strangers.join(", ")}`,
    ],
    [
      owned.length > 0,
      `properties must leave to the deployer where a statement starts and where its tables are, got ${owned.join(", ")}`,
    ],
    [
      secret.length > 0,
      `properties must hold no secrets, for they are in Terraform's state: use a connection, got ${secret.join(", ")}`,
    ],
  ];
}

function strategyRules({
  applicationName,
  directory,
  pipeline,
  strategy,
  takeOver,
}: RuledApplication): readonly Rule[] {
  const stateful = pipeline.sinks.filter(({ state }) => state === "stateful");
  const names = stateful.map(({ name }) => name).join(", ");
  return [
    [
      strategy === "carry_over" && stateful.length > 0,
      `strategy must not be carry_over, which hands over offsets and no state: choose replace, recreate or blue_green, got stateful ${names} in ${directory}/pipeline.json`,
    ],
    [
      takeOver?.startsWith(`${applicationName}-`) === true,
      `takeOver must name a statement of somebody else: its own the application takes over by itself, got ${JSON.stringify(takeOver)}`,
    ],
    [
      takeOver !== undefined && !/^(?=.{1,100}$)[a-z0-9]+([.-][a-z0-9]+)*$/.test(takeOver),
      `takeOver must be a statement's name, got ${JSON.stringify(takeOver)}`,
    ],
    [
      takeOver !== undefined && (pipeline.sinks.length > 1 || strategy !== "carry_over"),
      `takeOver must be left out unless the pipeline has one sink and the strategy is carry_over: one statement hands over its offsets to one, got ${pipeline.sinks.map(({ name }) => name).join(", ")} with ${strategy}`,
    ],
  ];
}

function tableRules(
  scope: Construct,
  { directory, pipeline, tables }: RuledApplication,
): readonly Rule[] {
  const file = `${directory}/pipeline.json`;
  const known = tables.map(({ name }) => name);
  const named = [...pipeline.sources, ...pipeline.sinks.map(({ name }) => name)];
  const unknown = named.filter((name) => !known.includes(name));
  return [
    [
      unknown.length > 0,
      `${file} must name tables that are passed in "tables" (${known.join(", ")}), got ${unknown.join(", ")}`,
    ],
    ...pipeline.sinks.flatMap(({ name, columns }): Rule[] => {
      const schema = tables.find((table) => table.name === name)?.valueSchema;
      if (schema === undefined) return [];
      const wanted = columnsOf(scope, schema);
      return [
        [
          wanted.join("\n") !== columns.join("\n"),
          `${file}: columns of ${name} must be those of ${schema} in their order (${wanted.join(", ")}), for a statement inserts by place, got ${columns.join(", ")}`,
        ],
      ];
    }),
  ];
}
