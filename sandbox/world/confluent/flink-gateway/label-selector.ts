import { Refusal } from "../../refusal";

type Labels = Readonly<Record<string, string>>;

/**
 * Parses a selector such as `user.confluent.io/app=true,user.confluent.io/team`.
 *
 * @param selector requirements that must all be met: `name=value`, `name==value`, `name!=value`, `name` or `!name`
 * @returns whether labels fit it
 * @throws Refusal when the selector is none
 */
export function labelSelector(selector: string): (labels: Labels) => boolean {
  const requirements = selector
    .split(",")
    .filter((requirement) => requirement.trim() !== "")
    .map((requirement) => parseRequirement(requirement.trim()));
  return (labels) => requirements.every((isMet) => isMet(labels));
}

function parseRequirement(requirement: string): (labels: Labels) => boolean {
  const [, not, name = "", operator, value] =
    /^(!?)([\w./-]+)(?:\s*(==?|!=)\s*([\w.-]*))?$/.exec(requirement) ?? [];
  if (name === "" || (not === "!" && operator !== undefined)) {
    throw new Refusal(400, `label_selector: ${JSON.stringify(requirement)} is no requirement`);
  }
  switch (operator) {
    case undefined:
      return (labels) => name in labels === (not === "");
    case "!=":
      return (labels) => labels[name] !== value;
    default:
      return (labels) => labels[name] === value;
  }
}
