/** One step of a Confluent resource name, such as `environment=env-abc123`. */
export interface CrnElement {
  readonly type: string;
  readonly name: string;
}

const AUTHORITY = "crn://confluent.cloud/";

/**
 * The steps of a resource name or pattern, from the organization inwards, with their names unescaped.
 *
 * @returns undefined when the text is no Confluent resource name
 */
export function parseCrn(crn: string): readonly CrnElement[] | undefined {
  if (!crn.startsWith(AUTHORITY)) {
    return undefined;
  }
  const elements = crn.slice(AUTHORITY.length).split("/").map(parseElement);
  return elements.every((element) => element !== undefined) ? elements : undefined;
}

function parseElement(text: string): CrnElement | undefined {
  const [, type, name] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
  return type === undefined || name === undefined ? undefined : { type, name: unescaped(name) };
}

/** Confluent escapes `:` and the like in names; the provider takes both forms for the same. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A bare "%" is no escape: the name means what it says.
    return name;
  }
}

/**
 * Whether a role bound to the pattern reaches the resource: the resource is what the pattern names, or lies inside it.
 * A name may end in `*` and then stands for every name with that beginning.
 */
export function covers(pattern: readonly CrnElement[], resource: readonly CrnElement[]): boolean {
  return pattern.every((element, index) => {
    const inner = resource[index];
    return inner?.type === element.type && matches(element.name, inner.name);
  });
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
