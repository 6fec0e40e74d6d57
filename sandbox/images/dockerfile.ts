import { UserError } from "../../delivery/user-error";

/** What the last stage of a Dockerfile takes from the build's own files, and what it sets. */
export interface FinalStage {
  /** Files and folders of the build's context, each with its place in the image. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  readonly environment: Readonly<Record<string, string>>;
  /** `CMD`: the handler, for an image of Lambda. */
  readonly command: readonly string[];
}

/** What AWS's base images set: instructions refer to it. */
const BASE_ENVIRONMENT = { LAMBDA_TASK_ROOT: "/var/task" };

/**
 * Reads what an image's last stage consists of, as far as it comes from the build's context: what it copies from other
 * stages, and what it runs, needs a builder of images.
 *
 * @param name the file's, for messages
 * @throws UserError when it has no command in the JSON form
 */
export function readFinalStage(text: string, name: string): FinalStage {
  const copies: { from: string; to: string }[] = [];
  let own: Record<string, string> = {};
  let command: readonly string[] | undefined;
  for (const [keyword, rest] of instructions(text)) {
    if (keyword === "FROM") {
      copies.length = 0;
      own = {};
      command = undefined;
    }
    const environment = { ...BASE_ENVIRONMENT, ...own };
    const words = rest.split(/\s+/).filter((word) => word !== "");
    const value = (word: string): string => expand(word, environment);
    if (keyword === "COPY" && !words.some((word) => word.startsWith("--from="))) {
      const paths = words.filter((word) => !word.startsWith("--")).map(value);
      const to = paths.pop() ?? "";
      copies.push(...paths.map((from) => ({ from, to })));
    }
    if (keyword === "ENV") own = { ...own, ...assignments(rest, environment) };
    if (keyword === "CMD") command = JSON.parse(rest) as readonly string[];
  }
  if (command === undefined) {
    throw new UserError(`${name}: the last stage has no CMD ["<handler>"]`);
  }
  return { copies, environment: own, command };
}

/** The instructions, one line each, without comments. */
function instructions(text: string): readonly [string, string][] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\\\s*\n/g, " ")
    .split("\n")
    .flatMap((line): [string, string][] => {
      const [, keyword, rest] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      return keyword === undefined || rest === undefined ? [] : [[keyword.toUpperCase(), rest]];
    });
}

function assignments(
  text: string,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const pairs = text.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g);
  return Object.fromEntries(
    [...pairs].map(([, name = "", quoted, plain = ""]) => [
      name,
      expand(quoted ?? plain, environment),
    ]),
  );
}

function expand(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\{(\w+)\}|\$(\w+)/g,
    (_, braced: string | undefined, plain: string | undefined) =>
      environment[braced ?? plain ?? ""] ?? "",
  );
}
