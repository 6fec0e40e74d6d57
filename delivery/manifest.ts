import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { isRecord, isStringArray } from "./json";
import { messageOf, UserError } from "./user-error";

/** A stack as `cdktf synth` wrote it. */
export interface SynthesizedStack {
  /** The full name, such as `lakehouse-dev-event-streams`. */
  readonly name: string;
  /** The last part of the name, without what all stacks of the manifest begin with: `event-streams`. */
  readonly shortName: string;
  /** Absolute path of the directory in which Terraform runs. */
  readonly directory: string;
  /** Absolute path of the stack's `cdk.tf.json`. */
  readonly configurationFile: string;
  /** Full names of the stacks whose state this one reads. */
  readonly dependencies: readonly string[];
}

/** The stacks of one `cdktf synth`, each after the ones it depends on. */
export class Manifest {
  private constructor(
    readonly directory: string,
    readonly stacks: readonly SynthesizedStack[],
  ) {}

  /**
   * Reads `<directory>/manifest.json`.
   * @throws UserError when there is none, when it is damaged, or when stacks depend on each other in a circle.
   */
  static read(directory: string): Manifest {
    const file = resolve(directory, "manifest.json");
    if (!existsSync(file)) {
      throw new UserError(`${file} not found: run \`npx cdktf synth --output ${directory}\` first`);
    }
    const stacks = parseStacks(resolve(directory), file, readFileSync(file, "utf8"));
    return new Manifest(resolve(directory), inDependencyOrder(stacks, file));
  }

  /**
   * The named stacks in manifest order, all when no name is given. Full and short names are accepted.
   * @throws UserError that lists the known names when one is unknown.
   */
  select(names: readonly string[]): readonly SynthesizedStack[] {
    const isNamed = (stack: SynthesizedStack, name: string): boolean =>
      stack.name === name || stack.shortName === name;
    const unknown = names.filter((name) => !this.stacks.some((stack) => isNamed(stack, name)));
    if (unknown.length > 0) {
      const known = this.stacks.map((stack) => stack.shortName).join(", ");
      throw new UserError(`unknown stack ${unknown.join(", ")}: the stacks are ${known}`);
    }
    if (names.length === 0) return this.stacks;
    return this.stacks.filter((stack) => names.some((name) => isNamed(stack, name)));
  }
}

function parseStacks(directory: string, file: string, text: string): SynthesizedStack[] {
  const manifest = parseJson(file, text);
  if (!isRecord(manifest) || !isRecord(manifest["stacks"])) throw damaged(file, "stacks");
  const entries = Object.entries(manifest["stacks"]);
  const prefix = commonPrefix(entries.map(([name]) => name));
  return entries.map(([name, entry]) => {
    if (!isRecord(entry)) throw damaged(file, `stacks.${name}`);
    const { workingDirectory, synthesizedStackPath, dependencies } = entry;
    if (typeof workingDirectory !== "string") throw damaged(file, `${name}.workingDirectory`);
    if (typeof synthesizedStackPath !== "string") {
      throw damaged(file, `${name}.synthesizedStackPath`);
    }
    if (!isStringArray(dependencies)) throw damaged(file, `${name}.dependencies`);
    return {
      name,
      shortName: name.slice(prefix.length),
      directory: join(directory, workingDirectory),
      configurationFile: join(directory, synthesizedStackPath),
      dependencies,
    };
  });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON (${messageOf(error)}): synthesize again`);
  }
}

function damaged(file: string, field: string): UserError {
  return new UserError(
    `${file}: ${field} is missing or malformed: synthesize again with the pinned cdktf`,
  );
}

/** What stack names share up to a hyphen (`lakehouse-dev-`); nothing when there is a single stack to compare. */
function commonPrefix(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return "";
  let length = first.lastIndexOf("-") + 1;
  while (length > 0 && !others.every((name) => name.startsWith(first.slice(0, length)))) {
    length = first.lastIndexOf("-", length - 2) + 1;
  }
  return first.slice(0, length);
}

/** Depth-first topological sort; independent stacks keep the manifest's order. */
function inDependencyOrder(stacks: readonly SynthesizedStack[], file: string): SynthesizedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const ordered = new Set<SynthesizedStack>();
  const visit = (stack: SynthesizedStack, path: readonly string[]): void => {
    if (path.includes(stack.name)) {
      throw new UserError(`${file}: circular dependency ${[...path, stack.name].join(" → ")}`);
    }
    for (const name of stack.dependencies) {
      const dependency = byName.get(name);
      if (!dependency)
        throw new UserError(`${file}: ${stack.name} depends on ${name}, which is not there`);
      visit(dependency, [...path, stack.name]);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return [...ordered];
}
