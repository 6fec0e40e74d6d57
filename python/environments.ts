import { join } from "node:path";

import { UserError } from "../delivery/user-error";
import type { PythonEnvironment } from "./environment";
import { listFile, type ListName, projectDirectory } from "./lists";

/** The names that `npm run python` takes. */
export type EnvironmentName = "development" | "table-api" | "local-flink";

/** Confluent's plugin and Apache Flink have packages for no newer Python. */
const FLINK_PYTHON = { oldest: "3.11", newest: "3.12" } as const;

const ENVIRONMENTS: Readonly<Record<EnvironmentName, PythonEnvironment>> = {
  // What checks and tests need that run no Flink.
  development: {
    packages: "the packages for checks and tests",
    lists: listFiles("development", "test", "function-runtime"),
    python: { neededBy: "checking and testing Python", oldest: "3.11" },
  },
  // A Lambda function with the Table API plugin: the plugin, what the Lambda base image brings, a Java, and pytest.
  "table-api": {
    packages: "the packages of the Table API plugin",
    lists: listFiles("table-api", "function-runtime", "java", "test"),
    python: { neededBy: "the Table API plugin", ...FLINK_PYTHON },
  },
  // Apache Flink itself, for pipelines with real rows.
  "local-flink": {
    packages: "the packages of local Flink",
    lists: listFiles("local-flink", "java", "test"),
    python: { neededBy: "local Flink", ...FLINK_PYTHON },
  },
};

/** @throws UserError when there is no environment of this name */
export function namedEnvironment(name: string): PythonEnvironment {
  if (!isEnvironmentName(name)) {
    throw new UserError(
      `there is no Python environment ${JSON.stringify(name)}: it is one of ${Object.keys(ENVIRONMENTS).join(", ")}`,
    );
  }
  return ENVIRONMENTS[name];
}

/** Where an environment is kept from run to run: in the project's `.python`, outside of git. */
export function environmentDirectory(name: EnvironmentName): string {
  return join(projectDirectory(), ".python", name);
}

export function isEnvironmentName(name: string): name is EnvironmentName {
  return Object.hasOwn(ENVIRONMENTS, name);
}

function listFiles(...names: readonly ListName[]): readonly string[] {
  return names.map(listFile);
}
