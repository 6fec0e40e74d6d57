import { readFileSync } from "node:fs";

import { isRecord } from "../../delivery/json";
import type { SynthesizedStack } from "../../delivery/manifest";
import { UserError } from "../../delivery/user-error";

/** The images that an application wants to find, and where. */
export interface WantedImages {
  /** The name of the one repository. */
  readonly repository: string;
  /** The stack that makes the repository. */
  readonly stack: SynthesizedStack;
  /** The tags that any stack looks up, such as `inputs-0123456789abcdef`. */
  readonly tags: readonly string[];
}

/**
 * Reads from synthesized stacks which repository they make, and which images they look up: so what is pushed is what the
 * synthesis has computed, by whatever rule.
 *
 * @returns undefined when they look no image up
 * @throws UserError unless there is exactly one repository for the images
 */
export function wantedImages(stacks: readonly SynthesizedStack[]): WantedImages | undefined {
  const read = stacks.map((stack) => {
    const configuration: unknown = JSON.parse(readFileSync(stack.configurationFile, "utf8"));
    return {
      repositories: texts(configuration, "resource", "aws_ecr_repository", "name").map(
        (repository) => ({ repository, stack }),
      ),
      tags: texts(configuration, "data", "aws_ecr_image", "image_tag"),
    };
  });
  const tags = [...new Set(read.flatMap((stack) => stack.tags))];
  if (tags.length === 0) return undefined;
  const [found, ...others] = read.flatMap(({ repositories }) => repositories);
  if (found === undefined || others.length > 0) {
    throw new UserError(
      `the stacks look up ${tags.join(", ")}, and the sandbox pushes images to one repository: they make ${others.length + (found ? 1 : 0)}`,
    );
  }
  return { ...found, tags };
}

/** An attribute of all blocks of a type. */
function texts(
  configuration: unknown,
  kind: "resource" | "data",
  type: string,
  attribute: string,
): readonly string[] {
  return Object.values(section(section(configuration, kind), type))
    .map((block) => (isRecord(block) ? block[attribute] : undefined))
    .filter((value) => typeof value === "string");
}

function section(value: unknown, key: string): Record<string, unknown> {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}
