import { readFileSync } from "node:fs";

import {
  deployIdOf,
  jobStatementName,
  logicalOf,
  type JobStatement,
} from "../../../constructs/confluent/flink-job-names";

/** What constructs and deployer have agreed on; the deployer's tests read the same file. */
interface StatementVector {
  readonly input: {
    readonly app: string;
    readonly logical: string;
    readonly sink: string;
    readonly start: string;
    readonly pipeline_digest: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly redeploy_nonce: string;
  };
  readonly hash10: string;
  readonly name: string;
  readonly deploy_id: string;
}

interface DeploymentVector {
  readonly input: { readonly statements: Readonly<Record<string, string>> };
  readonly deploy_id: string;
}

const vectors = JSON.parse(
  readFileSync("functions/flink-deployer/contract/names.json", "utf8"),
) as (StatementVector | DeploymentVector)[];
const statements = vectors.filter((vector) => "name" in vector);
const deployments = vectors.filter((vector) => !("name" in vector));

test("there are vectors of both kinds", () => {
  expect(statements.length).toBeGreaterThan(4);
  expect(deployments.length).toBeGreaterThan(0);
});

test.each(statements)("H-03: $name is the name that the deployer finds, too", (vector) => {
  const { app, pipeline_digest, redeploy_nonce, ...input } = vector.input;
  const statement = { ...input, pipelineDigest: pipeline_digest, redeployNonce: redeploy_nonce };
  const name = jobStatementName(app, statement);
  expect(logicalOf(input.sink)).toBe(input.logical);
  expect(name).toBe(vector.name);
  expect(name.endsWith(`-${vector.hash10}`)).toBe(true);
  expect(deployIdOf({ [input.logical]: name })).toBe(vector.deploy_id);
});

test.each(deployments)("a deployment is told by all its statements: $deploy_id", (vector) => {
  expect(deployIdOf((vector as DeploymentVector).input.statements)).toBe(vector.deploy_id);
});

const statement: JobStatement = {
  logical: "flight-avro",
  pipelineDigest: "a".repeat(64),
  sink: "flight_avro",
  start: "earliest",
  properties: { "sql.a": "1", "sql.b": "2" },
  redeployNonce: "",
};

test("H-03: the same content has the same name each time, whatever the order of its properties", () => {
  const turned = { ...statement, properties: { "sql.b": "2", "sql.a": "1" } };
  expect(jobStatementName("app", turned)).toBe(jobStatementName("app", statement));
});

test.each<[string, Partial<JobStatement>]>([
  ["pipeline", { pipelineDigest: "b".repeat(64) }],
  ["start", { start: "latest" }],
  ["property", { properties: { "sql.a": "2", "sql.b": "2" } }],
  ["nonce", { redeployNonce: "again" }],
  ["sink", { sink: "flight-avro" }],
])("H-17: another %s is another statement", (_, change) => {
  expect(jobStatementName("app", { ...statement, ...change })).not.toBe(
    jobStatementName("app", statement),
  );
});

test.each([68, 69, 70, 71, 80, 120])(
  "a name of an application with %d characters keeps its hash and 90 characters, and no hyphen before it",
  (length) => {
    const name = jobStatementName("a".repeat(length), statement);
    expect(name.length).toBeLessThanOrEqual(90);
    expect(name).toMatch(/[a-z]-[0-9a-f]{10}$/);
  },
);
