import type { Clouds } from "./clouds";

const SYSTEM = "lakehouse-sandbox-";

/** Every rotating key of the stack, by its display name without system and generation. */
export const rotatingKeys = [
  "app-consumer-kafka",
  "app-consumer-schema-registry",
  "app-producer-kafka",
  "app-producer-schema-registry",
  "flink-deployer-flink",
  "streams-manager-kafka",
  "streams-manager-schema-registry",
  "tableflow-manager-tableflow",
];

/** The names of all rotating keys in some generations. */
export function generations(...numbers: readonly number[]): string[] {
  return rotatingKeys.flatMap((name) => numbers.map((number) => `${name}-${number}`)).sort();
}

/** Every key that exists in Confluent, by name and id. */
export function livingKeys({ world }: Clouds): { readonly name: string; readonly id: string }[] {
  return world
    .inventory()
    .filter(({ type }) => type === "confluent_api_key")
    .map(({ name, id }) => ({ name: name.replace(SYSTEM, ""), id }));
}

export function livingNames(clouds: Clouds): string[] {
  return livingKeys(clouds)
    .map(({ name }) => name)
    .sort();
}

/** What Confluent was asked to do with keys while `action` ran: names in the order of the alphabet. */
export async function keyCalls(
  clouds: Clouds,
  action: () => Promise<unknown>,
): Promise<{ readonly created: string[]; readonly destroyed: string[] }> {
  const before = livingKeys(clouds);
  await action();
  const after = livingKeys(clouds);
  const missingIn = (other: readonly { id: string }[]) => (key: { id: string }) =>
    !other.some(({ id }) => id === key.id);
  const names = (keys: readonly { name: string }[]): string[] =>
    keys.map(({ name }) => name).sort();
  return {
    created: names(after.filter(missingIn(before))),
    destroyed: names(before.filter(missingIn(after))),
  };
}
