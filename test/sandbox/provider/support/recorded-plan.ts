import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { confluent } from "../../../../sandbox/provider/confluent/vendor";
import { temporaryDirectory } from "../../../support/temporary-directory";
import { placedJson, type PlacedJson } from "./json-places";
import { reattachedProvider } from "./reattached-provider";
import { terraform, type TerraformRun } from "./terraform";

const DIRECTORY = join(__dirname, "..", "fixtures", "plans");

/** What the real provider, version 2.83.0, planned for one configuration and one state. */
export interface RecordedPlan {
  readonly case: string;
  readonly why: string;
  /** Instances by address; null: no state. */
  readonly priorState: Readonly<Record<string, RecordedInstance>> | null;
  readonly config: unknown;
  readonly environment?: NodeJS.ProcessEnv;
  readonly result: RecordedResult;
}

interface RecordedInstance {
  readonly type: string;
  readonly schema_version: number;
  readonly attributes: unknown;
  readonly sensitive_attributes?: unknown;
  readonly dependencies?: readonly string[];
  readonly tainted?: boolean;
}

type RecordedResult =
  | { readonly ok: true; readonly resource_changes: readonly ResourceChange[] }
  | {
      readonly ok: false;
      readonly stage: "validate" | "plan";
      readonly diagnostics: readonly { readonly attributePath: string }[];
    };

interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: unknown;
    readonly after_unknown: unknown;
    readonly after_sensitive: unknown;
    readonly replace_paths?: readonly (readonly unknown[])[];
  };
}

/** What is compared of a plan. */
export type Outcome =
  | { readonly changes: Readonly<Record<string, ResourceChange["change"]>> }
  | { readonly stage: "validate" | "plan"; readonly attributePaths: readonly string[] };

export function recordedPlans(): RecordedPlan[] {
  return readdirSync(DIRECTORY).map(
    (file) => JSON.parse(readFileSync(join(DIRECTORY, file), "utf8")) as RecordedPlan,
  );
}

/** What was recorded, as far as it is compared. */
export function recordedOutcome({ result }: RecordedPlan): Outcome {
  if (result.ok) return { changes: comparable(result.resource_changes) };
  const paths = result.diagnostics.map(({ attributePath }) => attributePath);
  return { stage: result.stage, attributePaths: distinct(paths) };
}

/** Lets the real Terraform plan a recorded case with the stand-in in the real provider's place. */
export async function standInOutcome(recorded: RecordedPlan): Promise<Outcome> {
  const directory = temporaryDirectory();
  const provider = await reattachedProvider(confluent, recorded.environment);
  try {
    const config = placedJson(recorded.config);
    writeFileSync(join(directory, "main.tf.json"), config.text);
    if (recorded.priorState !== null) {
      const state = JSON.stringify(stateFile(recorded.priorState));
      writeFileSync(join(directory, "terraform.tfstate"), state);
    }
    const run = (...args: string[]): Promise<TerraformRun> =>
      terraform(args, directory, provider.environment);

    if (!recorded.result.ok) {
      const validation = await run("validate", "-json");
      if (validation.exitCode !== 0) {
        const { diagnostics } = JSON.parse(validation.stdout) as { diagnostics: Diagnostic[] };
        return { stage: "validate", attributePaths: errorPlaces(diagnostics, config) };
      }
    }
    const plan = await run("plan", "-json", "-refresh=false", "-out=plan");
    if (plan.exitCode !== 0) {
      return { stage: "plan", attributePaths: errorPlaces(loggedDiagnostics(plan.stdout), config) };
    }
    const shown = JSON.parse((await run("show", "-json", "plan")).stdout) as {
      resource_changes?: ResourceChange[];
    };
    return { changes: comparable(shown.resource_changes ?? []) };
  } finally {
    provider.close();
  }
}

function comparable(changes: readonly ResourceChange[]): Record<string, ResourceChange["change"]> {
  return Object.fromEntries(
    changes.map(({ address, change }) => {
      const { actions, after, after_unknown, after_sensitive, replace_paths = [] } = change;
      const sorted = [...replace_paths].sort((a, b) =>
        compare(JSON.stringify(a), JSON.stringify(b)),
      );
      return [address, { actions, after, after_unknown, after_sensitive, replace_paths: sorted }];
    }),
  );
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly range?: { readonly start: { readonly byte: number } };
}

function errorPlaces(diagnostics: readonly Diagnostic[], config: PlacedJson): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return distinct(
    errors.map(({ range, summary }) =>
      range === undefined ? `(nowhere: ${summary})` : config.placeAt(range.start.byte),
    ),
  );
}

function loggedDiagnostics(log: string): Diagnostic[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { type: string; diagnostic?: Diagnostic })
    .flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [diagnostic]));
}

function stateFile(instances: Readonly<Record<string, RecordedInstance>>): unknown {
  const resources = Object.entries(instances).map(([address, instance]) => {
    const [, type, name, key] = /^([^.]+)\.([^[]+)(?:\[(.+)\])?$/.exec(address) ?? [];
    return {
      mode: "managed",
      type,
      name,
      provider: `provider["${confluent.source}"]`,
      instances: [
        {
          ...(key === undefined ? {} : { index_key: JSON.parse(key) as unknown }),
          ...(instance.tainted === true ? { status: "tainted" } : {}),
          schema_version: instance.schema_version,
          attributes: instance.attributes,
          sensitive_attributes: instance.sensitive_attributes ?? [],
          dependencies: instance.dependencies ?? [],
        },
      ],
    };
  });
  const merged = new Map<string, (typeof resources)[number]>();
  for (const resource of resources) {
    const known = merged.get(`${resource.type ?? ""}.${resource.name ?? ""}`);
    if (known === undefined) merged.set(`${resource.type ?? ""}.${resource.name ?? ""}`, resource);
    else known.instances.push(...resource.instances);
  }
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources: [...merged.values()],
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
