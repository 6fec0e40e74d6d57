import { failure, type Diagnostic } from "../diagnostic";
import { argumentName, dotted, type Path } from "../cty/path";
import { isList, isMap, isWhollyKnown, Unknown, type Value } from "../cty/value";
import type { TypeFacts } from "../facts/facts";

/** Checks arguments that depend on one another. */
export class Combinations {
  constructor(
    private readonly facts: TypeFacts,
    private readonly config: Value,
  ) {}

  /**
   * What is wrong with an argument beside the others. As in the SDK, every member of a group reports
   * the group's mistake, set or not.
   */
  mistakes(path: Path): Diagnostic[] {
    const argument = argumentName(path);
    const found = [
      ...this.groupsOf(this.facts.exactlyOneOf, argument).map((group) => this.exactlyOne(group)),
      ...this.groupsOf(this.facts.atLeastOneOf, argument).map((group) => this.atLeastOne(group)),
    ];
    if (isSet(this.at(path))) found.push(this.together(argument));
    if (isWhollyKnown(this.at(path) ?? null)) found.push(this.apart(argument, path));
    return found
      .filter((mistake) => mistake !== undefined)
      .map(([summary, detail]) => ({
        ...failure(summary, path),
        detail: `"${dotted(path)}": ${detail}`,
      }));
  }

  private groupsOf(groups: readonly (readonly string[])[], argument: string): string[][] {
    return groups
      .filter((group) => group.some((member) => withoutIndices(member) === argument))
      .map((group) => [...group].sort());
  }

  private exactlyOne(group: readonly string[]): [string, string] | undefined {
    const set = group.filter((member) => isSet(this.at(steps(member))));
    const certain = set.filter((member) => !(this.at(steps(member)) instanceof Unknown));
    const title = "Invalid combination of arguments";
    const all = `\`${group.join(",")}\``;
    if (set.length === 0) return [title, `one of ${all} must be specified`];
    if (certain.length <= 1) return undefined;
    const which = `\`${certain.join(",")}\``;
    return [title, `only one of ${all} can be specified, but ${which} were specified.`];
  }

  private atLeastOne(group: readonly string[]): [string, string] | undefined {
    if (group.some((member) => isSet(this.at(steps(member))))) return undefined;
    return ["Missing required argument", `one of \`${group.join(",")}\` must be specified`];
  }

  private together(argument: string): [string, string] | undefined {
    const others = this.facts.requiredWith[argument] ?? [];
    if (others.every((other) => isSet(this.at(steps(other))))) return undefined;
    const all = [...new Set([argument, ...others])].sort().join(",");
    return ["Missing required argument", `all of \`${all}\` must be specified`];
  }

  private apart(argument: string, path: Path): [string, string] | undefined {
    if (!isSet(this.at(path))) return undefined;
    const rival = this.facts.conflicts[argument]?.find((other) => {
      const value = this.at(steps(other));
      return isSet(value) && !(value instanceof Unknown);
    });
    return rival === undefined
      ? undefined
      : ["Conflicting configuration arguments", `conflicts with ${rival}`];
  }

  /** What is configured at a place; undefined where nothing is. */
  private at(path: Path): Value | undefined {
    let value: Value | undefined = this.config;
    for (const step of path) {
      if (value instanceof Unknown) return value;
      if (isMap(value)) value = value.get(String(step));
      else if (isList(value)) value = value[Number(step)];
      else return undefined;
    }
    return value ?? undefined;
  }
}

/** An empty list of blocks is no block. */
function isSet(value: Value | undefined): boolean {
  return isList(value) ? value.length > 0 : value !== undefined && value !== null;
}

/** The facts name members of blocks as the SDK does, `oauth.0.token_url`. */
function steps(reference: string): Path {
  return reference.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function withoutIndices(reference: string): string {
  return argumentName(steps(reference));
}
