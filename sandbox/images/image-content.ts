import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix, relative, sep } from "node:path";

import { UserError } from "../../delivery/user-error";
import type { FinalStage } from "./dockerfile";

/** Where a Lambda image has its function. */
const TASK_ROOT = "/var/task";

/** The folder that a build takes files from. */
export interface BuildContext {
  readonly directory: string;
  /** Whether the build can see a file, by its path in the folder. */
  readonly sees: (path: string) => boolean;
}

/**
 * Puts together what an image has in its function's folder, as `task` in `directory`, and how it is run, as `image.json`.
 *
 * @returns a hash of all of it: 64 hexadecimal digits
 * @throws UserError when the stage copies what does not exist
 */
export function assembleImage(stage: FinalStage, context: BuildContext, directory: string): string {
  const task = join(directory, "task");
  mkdirSync(task, { recursive: true });
  for (const copy of stage.copies) {
    const target = placeInTask(copy.to);
    if (target === undefined) continue;
    for (const { path, place } of filesOfCopy(copy, target, context)) {
      const file = join(task, place);
      mkdirSync(dirname(file), { recursive: true });
      cpSync(join(context.directory, path), file);
    }
  }
  const { environment, command } = stage;
  writeFileSync(join(directory, "image.json"), `${JSON.stringify({ environment, command })}\n`);
  return digestOf(directory);
}

/** The files that an instruction copies, each with its place in the function's folder. */
function filesOfCopy(
  { from, to }: FinalStage["copies"][number],
  target: string,
  { directory, sees }: BuildContext,
): readonly { readonly path: string; readonly place: string }[] {
  const source = posix.normalize(from);
  if (!existsSync(join(directory, source))) {
    throw new UserError(`the image copies ${from}, which does not exist`);
  }
  if (statSync(join(directory, source)).isFile()) {
    const place = to.endsWith("/") ? join(target, basename(source)) : target;
    return sees(source) ? [{ path: source, place }] : [];
  }
  return filesBelow(join(directory, source))
    .map((file) => ({ path: posix.join(source, file), place: join(target, file) }))
    .filter(({ path }) => sees(path));
}

/** The place relative to the function's folder; undefined when it lies elsewhere in the image. */
function placeInTask(path: string): string | undefined {
  const place = posix.relative(TASK_ROOT, posix.resolve(TASK_ROOT, path));
  return place.startsWith("..") ? undefined : place;
}

function digestOf(directory: string): string {
  const lines = filesBelow(directory).map(
    (path) => `${sha256(readFileSync(join(directory, path)))}  ${path}\n`,
  );
  return sha256(lines.join(""));
}

/** Paths with "/" on every machine, sorted. */
function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

/** @returns 64 hexadecimal digits */
export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
