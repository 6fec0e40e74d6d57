import { isRecord } from "../../delivery/json";
import { parseJson } from "../aws/parse-json";
import type { RunDirectory } from "../run/directories";
import { readStateFile } from "../run/state-files";
import type { WorldStatement } from "../services/world-client";

/** When in a run a statement was looked at. */
export type StatementPhase = "create" | "failed change" | "change" | "destroy";

/** Who makes a statement: the deployer, with one of its engines, or Terraform itself, from SQL. */
export type StatementEngine = "table-api" | "compiled" | "sql";

/** What had become of one Flink statement after a phase of the run. */
export interface StatementReport {
  readonly name: string;
  readonly engine: StatementEngine;
  readonly phase: StatementPhase;
  /** What Flink says of it, such as `RUNNING`; `absent` when it is not there. */
  readonly outcome: string;
}

/** Statements that the deployer is asked for. */
export interface DeployerJob {
  readonly application: string;
  readonly engine: StatementEngine;
  readonly statements: readonly string[];
}

/** What a run has seen of Flink's statements, as the world tells them: not Terraform, and not who deploys them. */
export class StatementHistory {
  private readonly engines = new Map<string, StatementEngine>();
  readonly entries: StatementReport[] = [];

  /** Notes by which engine statements come about. */
  know(jobs: readonly DeployerJob[]): void {
    for (const { engine, statements } of jobs) {
      for (const name of statements) this.engines.set(name, engine);
    }
  }

  /** Notes what has become of every statement that there is or was, without a client's look-ups in the catalog. */
  record(phase: StatementPhase, statements: readonly WorldStatement[]): void {
    const known = this.entries.map(({ name }) => name);
    const seen = statements.filter(({ labels }) => !Object.hasOwn(labels, HIDDEN_LABEL));
    for (const name of new Set([...known, ...seen.map((statement) => statement.name)])) {
      this.note(phase, name, outcomeOf(name, statements));
    }
  }

  /** Notes what has become of one statement. */
  note(phase: StatementPhase, name: string, outcome: string): void {
    this.entries.push({ name, engine: this.engines.get(name) ?? "sql", phase, outcome });
  }
}

/** What Flink says of a statement, `absent` when it knows none of the name. */
export function outcomeOf(name: string, statements: readonly WorldStatement[]): string {
  return statements.find((statement) => statement.name === name)?.phase ?? "absent";
}

/** The jobs in a stack's state: what was deployed. */
export function deployedJobs(run: RunDirectory, stackName: string): readonly DeployerJob[] {
  const state = readStateFile(run.stateFile(stackName));
  return recordsOf(isRecord(state) ? state["resources"] : undefined)
    .filter(({ type }) => type === INVOCATION)
    .flatMap(({ instances }) => recordsOf(instances))
    .flatMap(({ attributes }) => jobOf(attributes));
}

/** The jobs that a plan deploys. */
export function plannedJobs(plan: unknown): readonly DeployerJob[] {
  return recordsOf(isRecord(plan) ? plan["resource_changes"] : undefined)
    .filter(({ type }) => type === INVOCATION)
    .flatMap(({ change }) => (isRecord(change) ? jobOf(change["after"]) : []));
}

/** Marks what Confluent's clients submit for themselves. */
const HIDDEN_LABEL = "user.confluent.io/hidden";

const INVOCATION = "aws_lambda_invocation";

/** The event of an invocation, if it asks for statements. */
function jobOf(invocation: unknown): DeployerJob[] {
  const input = isRecord(invocation) ? invocation["input"] : undefined;
  const event = typeof input === "string" ? parseJson(input) : undefined;
  if (!isRecord(event) || event["role"] !== "deploy") return [];
  const { app, engine, statements } = event;
  if (!isRecord(app) || typeof app["name"] !== "string" || !isDeployerEngine(engine)) return [];
  const names = recordsOf(statements).map(({ name }) => String(name));
  return [{ application: app["name"], engine, statements: names }];
}

function isDeployerEngine(value: unknown): value is "table-api" | "compiled" {
  return value === "table-api" || value === "compiled";
}

function recordsOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
