/** Text in the quotes of Go's `%q`. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** `"a", "b" and "c"`, as most refusals list arguments. */
export function listed(names: readonly string[]): string {
  const all = names.map(quoted);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}
