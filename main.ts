import { createApplication } from "./application";
import { loadEnvironment } from "./config/load-environment";
import { InvalidValueError } from "./constructs/core/errors";

try {
  createApplication(
    loadEnvironment(process.env["DEPLOY_ENVIRONMENT"], process.env["FLINK_ENGINE"]),
  ).synth();
} catch (error) {
  // What a person wrote wrongly is told in a sentence; anything else is our defect and keeps its stack trace.
  if (!(error instanceof InvalidValueError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
