import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { CHECKSUMS, checksums } from "./checksums";
import type { GoldenFiles } from "./compile";
import { compiledDirectory, compiledPipelines } from "./pipelines";

/** Makes the project's golden files these, and removes those of sinks that are no more. */
export function writeGolden(project: string, golden: GoldenFiles): void {
  for (const file of presentFiles(project).filter((path) => !golden.has(path))) {
    rmSync(join(project, file));
  }
  for (const [file, text] of golden) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  writeFileSync(join(project, CHECKSUMS), checksums(project));
}

/**
 * What is different between the project's golden files and these.
 *
 * @param scratch a directory that the caller removes
 * @returns a diff in git's form, empty when nothing is
 */
export function goldenDiff(project: string, golden: GoldenFiles, scratch: string): string {
  const files = new Set([...presentFiles(project), ...golden.keys()]);
  return [...files]
    .sort()
    .map((file) => {
      const wanted = join(scratch, file);
      mkdirSync(dirname(wanted), { recursive: true });
      writeFileSync(wanted, golden.get(file) ?? "");
      return diff(existsSync(join(project, file)) ? join(project, file) : "/dev/null", wanted);
    })
    .join("");
}

function presentFiles(project: string): readonly string[] {
  return compiledPipelines(project)
    .map(({ name }) => compiledDirectory(name))
    .filter((directory) => existsSync(join(project, directory)))
    .flatMap((directory) =>
      readdirSync(join(project, directory))
        .filter((file) => file.endsWith(".sql"))
        .map((file) => join(directory, file)),
    );
}

function diff(kept: string, wanted: string): string {
  if (kept !== "/dev/null" && readFileSync(kept).equals(readFileSync(wanted))) {
    return "";
  }
  return spawnSync("git", ["diff", "--no-index", "--no-color", kept, wanted], { encoding: "utf8" })
    .stdout;
}
