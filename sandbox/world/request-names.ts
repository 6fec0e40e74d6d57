import type { TerraformRequest } from "./protocol";
import { text, textMap } from "./values";

/** Attributes by which a person knows an object; a fault rule may name any of them. */
const naming = [
  "display_name",
  "topic_name",
  "subject_name",
  "statement_name",
  "crn_pattern",
  "id",
];

/** By what names a fault rule or a reader of the journal may know the object of a call. */
export function namesOf({
  planned,
  prior,
  state,
  config,
  id,
}: TerraformRequest): readonly string[] {
  const object = planned ?? prior ?? state ?? config ?? {};
  const names = [
    ...naming.map((name) => text(object, name)),
    textMap(object, "config_nonsensitive")["name"] ?? "",
    text(prior ?? {}, "id"),
    id ?? "",
  ];
  return names.filter((name) => name !== "");
}
