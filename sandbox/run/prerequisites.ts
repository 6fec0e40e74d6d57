import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { join } from "node:path";

import { terraformOf } from "../../delivery/context";
import { messageOf, UserError } from "../../delivery/user-error";
import { namedEnvironment } from "../../python/environments";
import { findPython } from "../../python/interpreter";
import { MOTO_PYTHON } from "../aws/moto-environment";
import { DIRECTORY_VARIABLE, type SandboxDirectory } from "./directories";
import type { FlinkEngine } from "./engine";

/** What a check found: a version or a path to show, or what is missing and how to get it. */
type Finding =
  | { readonly name: string; readonly found: string }
  | { readonly name: string; readonly problem: string };

/** What the sandbox needs of the machine. */
export interface Machine {
  /** Such as `20.20.2`. */
  readonly node: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: SandboxDirectory;
  /** By which engine jobs come about; the plugin does not run on every Python. @default "compiled" */
  readonly engine?: FlinkEngine;
}

const OLDEST_NODE = "20.19.0";
const OLDEST_TERRAFORM = "1.11.0";
/** Python packages (those of the Table API plugin are half of it), logs, and a provider where there is no mirror. */
const FREE_MEBIBYTES = 2048;

/**
 * Looks for everything the sandbox needs, before anything starts.
 *
 * @returns what was found, one line each
 * @throws UserError that names everything missing at once, each with how to get it
 */
export function checkPrerequisites(machine: Machine): readonly string[] {
  const findings = [
    checkNode(machine.node),
    checkTerraform(terraformOf(machine.environment), machine.environment),
    checkPython(machine.environment),
    ...(machine.engine === "table-api" ? [checkPythonOfPlugin(machine.environment)] : []),
    checkPackages(machine.directory.project),
    checkDirectory(machine.directory.path),
  ];
  const problems = findings.flatMap((finding) =>
    "problem" in finding ? [`  ${finding.name}: ${finding.problem}`] : [],
  );
  if (problems.length > 0) {
    throw new UserError(["the sandbox cannot start yet:", ...problems].join("\n"));
  }
  return findings.flatMap((finding) =>
    "found" in finding ? [`${finding.name} ${finding.found}`] : [],
  );
}

function checkNode(version: string): Finding {
  const name = "Node.js";
  return isAtLeast(version, OLDEST_NODE)
    ? { name, found: version }
    : {
        name,
        problem: `${version} is too old, ${OLDEST_NODE} or newer is needed: https://nodejs.org/en/download`,
      };
}

function checkTerraform(program: string, env: NodeJS.ProcessEnv): Finding {
  const name = "Terraform";
  const remedy = `${OLDEST_TERRAFORM} or newer is needed: https://developer.hashicorp.com/terraform/install`;
  const { error, stdout } = spawnSync(program, ["version", "-json"], {
    env: { ...env, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  if (error) return { name, problem: `${program} is not there (${error.message}), ${remedy}` };
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1];
  if (version === undefined)
    return { name, problem: `${program} does not tell its version, ${remedy}` };
  return isAtLeast(version, OLDEST_TERRAFORM)
    ? { name, found: version }
    : { name, problem: `${version} is too old, ${remedy}` };
}

function checkPython(env: NodeJS.ProcessEnv): Finding {
  try {
    return { name: "Python", found: findPython(env, MOTO_PYTHON).version };
  } catch (error) {
    return { name: "Python", problem: messageOf(error) };
  }
}

function checkPythonOfPlugin(env: NodeJS.ProcessEnv): Finding {
  const name = "Python of the Table API plugin";
  try {
    return { name, found: findPython(env, namedEnvironment("table-api").python).version };
  } catch (error) {
    return { name, problem: `${messageOf(error)} Or do without the plugin: --engine compiled` };
  }
}

function checkPackages(project: string): Finding {
  const needed = ["node_modules/cdktf-cli", "packages/provider-confluent/lib"];
  const missing = needed.filter((path) => !existsSync(join(project, path)));
  return missing.length === 0
    ? { name: "npm packages", found: "installed" }
    : { name: "npm packages", problem: `${missing.join(" and ")} missing: run \`npm ci\`` };
}

function checkDirectory(path: string): Finding {
  const name = "free space";
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    return {
      name: "folder",
      problem: `${path} cannot be written (${messageOf(error)}): make it writable, or name another folder with ${DIRECTORY_VARIABLE}`,
    };
  }
  const { bavail, bsize } = statfsSync(path);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  return free >= FREE_MEBIBYTES
    ? { name, found: `${free} MiB` }
    : {
        name,
        problem: `${free} MiB in ${path}, ${FREE_MEBIBYTES} MiB are needed: make room there`,
      };
}

/** Compares versions of the form `major.minor.patch`; a pre-release counts as its release. */
function isAtLeast(version: string, oldest: string): boolean {
  const parts = (text: string): number[] => text.split("-", 1).join("").split(".").map(Number);
  const [major = 0, minor = 0, patch = 0] = parts(version);
  const [oldestMajor = 0, oldestMinor = 0, oldestPatch = 0] = parts(oldest);
  return (
    major > oldestMajor ||
    (major === oldestMajor &&
      (minor > oldestMinor || (minor === oldestMinor && patch >= oldestPatch)))
  );
}
