import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** A locked list of packages of this folder: `<name>.txt`, made from `<name>.in`. */
export type ListName =
  "build" | "development" | "function-runtime" | "java" | "local-flink" | "table-api" | "test";

/** The path of a list. It is read from the sources, wherever the compiled program lies. */
export function listFile(name: ListName): string {
  return join(projectDirectory(), "python", `${name}.txt`);
}

/**
 * The project's directory: the nearest one above that has a `pyproject.toml`.
 *
 * @throws Error when the program was copied out of the project
 */
export function projectDirectory(): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "pyproject.toml"))) {
      return directory;
    }
    if (dirname(directory) === directory) {
      throw new Error(
        `${__dirname} does not lie in the project: run the program where it was built`,
      );
    }
  }
}
