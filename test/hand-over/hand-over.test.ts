import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseFaultRule } from "../../sandbox/world/faults";
import { DeployedStack } from "../rotation/support/deployed-stack";
import { startClouds, type Clouds } from "../rotation/support/clouds";
import { temporaryDirectory } from "../support/temporary-directory";
import { installedProviders } from "./installed-providers";
import { stackNames, synthesize } from "./stacks";

const CARRY_OVER = "sql.tables.initial-offset-from";

let clouds: Clouds;
const stacks = new Map<string, DeployedStack>();
const synthesized = synthesize({ takesOver: true });
const old = synthesized.statementName;

function stack(name: string): DeployedStack {
  const found = stacks.get(`lakehouse-sandbox-${name}`);
  if (found === undefined) throw new Error(`${name} is no stack`);
  return found;
}

/** What writes the flights' table, by name: the phase of each. */
function writers(): Record<string, string> {
  const writing = clouds.world
    .statements()
    .filter(({ name, phase }) => !name.includes("explain") && phase !== "DELETING");
  return Object.fromEntries(writing.map(({ name, phase }) => [name, phase]));
}

/** The statement from whose end a statement was told to go on, as the deployer submitted it. */
function predecessorOf(statement: string): string | undefined {
  const calls = readFileSync(join(clouds.logs, "journal.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalEntry);
  const submission = calls.find(
    ({ operation, name }) => operation === "flink.create" && name === statement,
  );
  return submission?.request.body?.spec.properties[CARRY_OVER];
}

interface JournalEntry {
  readonly operation: string;
  readonly name: string;
  readonly request: {
    readonly body?: { readonly spec: { readonly properties: Readonly<Record<string, string>> } };
  };
}

beforeAll(async () => {
  clouds = await startClouds(installedProviders);
  const states = temporaryDirectory();
  const stateFile = (name: string): string => join(states, `${name}.tfstate`);
  for (const name of stackNames) {
    const directory = join(synthesized.directory, "stacks", name);
    const deployed = new DeployedStack(directory, stateFile(name), clouds);
    stacks.set(name, deployed);
    await deployed.initialise(name, stateFile);
    // The job comes later.
    if (!name.endsWith("flight-consolidator")) await deployed.apply();
  }
}, 300_000);

afterAll(() => clouds.stop());

it("a job takes the place of a statement of Terraform's: it begins where that one stops", async () => {
  expect(writers()).toEqual({ [old]: "RUNNING" });
  await stack("flight-consolidator").apply();

  const [job = "", ...others] = Object.keys(writers()).filter((name) => name !== old);
  expect(others).toEqual([]);
  expect(job).toMatch(/^flight-consolidator-flight-avro-[0-9a-f]{10}$/);
  expect(writers()).toEqual({ [old]: "STOPPED", [job]: "RUNNING" });
  expect(predecessorOf(job)).toBe(old);

  // The statement is destroyed with its stack; the job has its offsets and needs it no more.
  await stack("flight-analytics").destroy();
  expect(writers()).toEqual({ [job]: "RUNNING" });

  // Without the prop the job is called once more, and finds that it runs.
  stack("flight-consolidator").reconfigure(
    join(
      synthesize({ takesOver: false }).directory,
      "stacks",
      "lakehouse-sandbox-flight-consolidator",
    ),
  );
  await stack("flight-consolidator").apply();
  expect(writers()).toEqual({ [job]: "RUNNING" });

  await stack("flight-consolidator").destroy();
  expect(writers()).toEqual({});
}, 300_000);

it("a job whose first statement fails gives the place back", async () => {
  await stack("flight-analytics").apply();
  clouds.world.faults.add(
    parseFaultRule({
      match: { operation: "flink.statement", name: "flight-consolidator-*" },
      mode: "fails",
      reads: 1,
    }),
  );
  stack("flight-consolidator").reconfigure(
    join(synthesized.directory, "stacks", "lakehouse-sandbox-flight-consolidator"),
  );
  const failed = await stack("flight-consolidator").tryApply();
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain("StatementFailed");
  expect(Object.keys(writers())).toEqual([old]);
  expect(writers()[old]).not.toBe("STOPPED");
}, 300_000);
