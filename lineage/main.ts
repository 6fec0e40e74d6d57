/** The lineage command line: where records come from and where they go, read from the construct tree. */
import { createApplication } from "../application";
import { loadEnvironment } from "../config/load-environment";
import { InvalidValueError } from "../constructs/core/errors";
import { collectLineage } from "../constructs/core/lineage";
import { ResourceNames } from "../constructs/core/naming";
import { lineageCommand } from "./command";
import { withoutPrefix } from "./names";

try {
  lineageCommand(
    () => {
      // Tables and statements are the same in every environment, so any will do.
      const environment = loadEnvironment("sandbox");
      const { base } = new ResourceNames(environment.system, environment.name);
      return withoutPrefix(collectLineage(createApplication(environment)), `${base}-`);
    },
    (text) => process.stdout.write(`${text}\n`),
  ).parse();
} catch (error) {
  if (!(error instanceof InvalidValueError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
