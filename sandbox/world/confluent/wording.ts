import { text, type TerraformObject } from "../values";
import type { Wording } from "./managed-resource";

/** A name in a message, as Go's `%q` writes it. */
export function quote(name: string): string {
  return JSON.stringify(name);
}

/**
 * The usual words: a create names the object, an update and a delete its id. Reading has none by default, since the
 * provider passes most read errors on bare.
 *
 * @param noun how the provider calls the type in messages
 * @param exceptions where it does otherwise
 */
export function wording(noun: string, exceptions: Partial<Wording> = {}): Wording {
  const withId = (action: string) => (prior: TerraformObject) =>
    `error ${action} ${noun} ${quote(text(prior, "id"))}`;
  return {
    creating: (planned) => `error creating ${noun} ${quote(text(planned, "display_name"))}`,
    reading: () => "",
    updating: withId("updating"),
    deleting: withId("deleting"),
    importing: (id) => `error importing ${noun} ${quote(id)}`,
    ...exceptions,
  };
}
