import { readFileSync } from "node:fs";
import { join } from "node:path";

import { App, TerraformStack } from "cdktf";

import { setAllowDataLoss } from "../../constructs/core/data-protection";
import { temporaryDirectory } from "./temporary-directory";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** A stack's `cdk.tf.json`, without the metadata that CDKTF adds to each block. */
export interface SynthesizedStack {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly provider?: Record<string, Record<string, unknown>[]>;
  readonly terraform: Record<string, unknown>;
  readonly variable?: Record<string, Record<string, unknown>>;
  readonly locals?: Record<string, unknown>;
  readonly output?: Record<string, unknown>;
}

interface Manifest {
  readonly stacks: Record<string, { synthesizedStackPath: string; dependencies: string[] }>;
}

export interface SynthesizedApp {
  readonly manifest: Manifest;
  readonly stacks: Record<string, SynthesizedStack>;
}

export function newApp(): App {
  return new App({ outdir: temporaryDirectory(), skipValidation: false });
}

/** Runs aspects, validations and cross-stack references, which `Testing.synth` leaves out. */
export function synthApp(app: App): SynthesizedApp {
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as Manifest;
  const stacks = Object.fromEntries(
    Object.entries(manifest.stacks).map(([name, { synthesizedStackPath }]) => {
      const text = readFileSync(join(app.outdir, synthesizedStackPath), "utf8");
      return [name, JSON.parse(text, dropMetadata) as SynthesizedStack];
    }),
  );
  return { manifest, stacks };
}

function dropMetadata(key: string, value: unknown): unknown {
  return key === "//" ? undefined : value;
}

/** A stack to put constructs under test into. */
export function testStack({ allowDataLoss = false } = {}): TerraformStack {
  const stack = new TerraformStack(newApp(), "test");
  setAllowDataLoss(stack, allowDataLoss);
  return stack;
}

export function synth(stack: TerraformStack): SynthesizedStack {
  const synthesized = synthApp(App.of(stack)).stacks[stack.node.id];
  if (synthesized === undefined) {
    throw new Error(`${stack.node.id} was not synthesized`);
  }
  return synthesized;
}

/** All resources of a type, in the order of their logical ids. */
export function resourcesOf(stack: SynthesizedStack, type: string): Record<string, unknown>[] {
  return Object.values(stack.resource?.[type] ?? {});
}
