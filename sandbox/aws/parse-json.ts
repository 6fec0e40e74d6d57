/** The value of a JSON text, undefined when it is not JSON: callers see from the type that it is not what they expect. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
