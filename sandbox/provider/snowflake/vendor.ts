import type { TypeFacts } from "../facts/facts";
import type { SameAs } from "../planning/field";
import type { Vendor } from "../vendor";
import { NoWorld } from "../world/no-world";

/**
 * The real provider has a function of its own for nearly every argument. What they have in common:
 * quotes around an identifier do not matter, nor does case where the value is one of a list.
 */
function usualSameAs(argument: string, facts: TypeFacts): SameAs {
  const anyCase = facts.enumsCaseInsensitive.includes(argument);
  const plain = (value: string): string => {
    const unquoted = value.replaceAll('"', "");
    return anyCase ? unquoted.toUpperCase() : unquoted;
  };
  return (old, next) => plain(old) === plain(next);
}

/** The Snowflake provider, which serves protocol 6 although it is built on the same SDK. */
export const snowflake: Vendor = {
  name: "snowflake",
  source: "registry.terraform.io/snowflakedb/snowflake",
  version: "2.20.0",
  protocol: 6,
  resources: {},
  dataSources: {},
  usualSameAs,
  sandboxVariables: {},
  environmentVariable: (argument) => `SNOWFLAKE_${argument.toUpperCase()}`,
  checkConfiguration: () => [],
  connect: () =>
    new NoWorld(
      "the sandbox has no Snowflake world yet",
      "Its provider validates and plans; nothing can be created, read or destroyed with it.",
    ),
};
