import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The project's directory. Schema documents, behaviour documents and protocol files are read from
 * the sources, wherever the compiled program lies beneath the project.
 *
 * @throws Error when the program was copied out of the project
 */
export function projectRoot(): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "packages", "provider-confluent", "schema.json"))) {
      return directory;
    }
    if (dirname(directory) === directory) {
      throw new Error(
        `${__dirname} does not lie in the project: run the program where it was built`,
      );
    }
  }
}
