import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../../delivery/user-error";
import { SandboxDirectory } from "../../../sandbox/run/directories";
import { checkPrerequisites, type Machine } from "../../../sandbox/run/prerequisites";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

/** A machine on which nothing is missing. Its programs are scripts that tell the version that a test wants. */
function machine({
  terraform = `{ "terraform_version": "1.11.4", "platform": "linux_amd64" }`,
  python = "3.12.1",
}: { readonly terraform?: string; readonly python?: string } = {}): Machine {
  const root = temporaryDirectory();
  writeFiles(root, {
    "bin/terraform": `#!/bin/sh\necho '${terraform}'\n`,
    "bin/python3": `#!/bin/sh\necho ${python}\n`,
    "project/node_modules/cdktf-cli/package.json": "{}",
    "project/packages/provider-confluent/lib/index.js": "",
  });
  return {
    node: "20.19.0",
    environment: { PATH: join(root, "bin") },
    directory: new SandboxDirectory(join(root, "project")),
  };
}

/** The problems that are reported, without the headline. */
function problemsOf(on: Machine): readonly string[] {
  try {
    checkPrerequisites(on);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [headline, ...lines] = error.message.split("\n");
    expect(headline).toBe("the sandbox cannot start yet:");
    return lines.map((line) => line.trim());
  }
}

const NO_TERRAFORM = "1.11.0 or newer is needed: https://developer.hashicorp.com/terraform/install";

test("a machine that has everything is described in a line for each", () => {
  const on = machine();

  expect(checkPrerequisites(on)).toEqual([
    "Node.js 20.19.0",
    "Terraform 1.11.4",
    "Python 3.12.1",
    "npm packages installed",
    expect.stringMatching(/^free space \d+ MiB$/),
  ]);
});

describe("Node.js", () => {
  test.each(["18.20.4", "20.18.3"])("%s is too old", (node) => {
    expect(problemsOf({ ...machine(), node })).toEqual([
      `Node.js: ${node} is too old, 20.19.0 or newer is needed: https://nodejs.org/en/download`,
    ]);
  });

  test.each(["20.19.0", "20.20.2", "22.0.0", "100.0.0"])("%s will do", (node) => {
    expect(problemsOf({ ...machine(), node })).toEqual([]);
  });
});

describe("Terraform", () => {
  test("is missing", () => {
    const on = machine();
    const environment = { ...on.environment, TERRAFORM_BINARY_NAME: "/nowhere/terraform" };

    expect(problemsOf({ ...on, environment })).toEqual([
      expect.stringMatching(/^Terraform: \/nowhere\/terraform is not there \(.*ENOENT\), /),
    ]);
    expect(problemsOf({ ...on, environment }).join("\n")).toContain(NO_TERRAFORM);
  });

  test.each(["1.10.5", "0.15.5", "1.9.8"])("%s is too old", (version) => {
    expect(problemsOf(machine({ terraform: `{ "terraform_version": "${version}" }` }))).toEqual([
      `Terraform: ${version} is too old, ${NO_TERRAFORM}`,
    ]);
  });

  test.each(["1.11.0", "1.12.0-rc1", "2.0.0"])("%s will do", (version) => {
    expect(problemsOf(machine({ terraform: `{"terraform_version":"${version}"}` }))).toEqual([]);
  });

  test("is another program", () => {
    expect(problemsOf(machine({ terraform: "usage: terraform" }))).toEqual([
      `Terraform: terraform does not tell its version, ${NO_TERRAFORM}`,
    ]);
  });

  test("is the one that TERRAFORM_BINARY_NAME names", () => {
    const on = machine({ terraform: `{ "terraform_version": "1.5.0" }` });
    const other = temporaryDirectory();
    const terraform = `#!/bin/sh\necho '{ "terraform_version": "1.13.0" }'\n`;
    writeFiles(other, { terraform });
    const environment = { ...on.environment, TERRAFORM_BINARY_NAME: join(other, "terraform") };

    expect(checkPrerequisites({ ...on, environment })).toContain("Terraform 1.13.0");
  });
});

describe("Python", () => {
  test("suits the Table API plugin, where that is used", () => {
    const on = machine({ python: "3.13.1" });

    expect(problemsOf(on)).toEqual([]);
    expect(problemsOf({ ...on, engine: "compiled" })).toEqual([]);
    expect(problemsOf({ ...on, engine: "table-api" })).toEqual([
      expect.stringMatching(
        /^Python of the Table API plugin: .* too new\. .* Or do without the plugin: --engine compiled$/,
      ),
    ]);
    expect(checkPrerequisites({ ...machine(), engine: "table-api" })).toContain(
      "Python of the Table API plugin 3.12.1",
    );
  });

  test("is missing", () => {
    const on = machine();
    const environment = { ...on.environment, PYTHON: "/nowhere/python" };

    expect(problemsOf({ ...on, environment })).toEqual([
      expect.stringMatching(
        /^Python: .*Python 3\.11 or newer: PYTHON=\/nowhere\/python does not run\. To solve it, install Python/,
      ),
    ]);
  });

  test("is too old", () => {
    expect(problemsOf(machine({ python: "3.9.2" }))).toEqual([
      expect.stringMatching(
        /^Python: .*python3 is Python 3\.9\.2, which is too old\. To solve it, /,
      ),
    ]);
  });
});

test.each([
  ["node_modules/cdktf-cli", "packages/provider-confluent/lib"],
  ["packages/provider-confluent/lib", "node_modules/cdktf-cli"],
])("npm packages without %s are not installed", (missing, present) => {
  const project = temporaryDirectory();
  mkdirSync(join(project, present), { recursive: true });

  expect(problemsOf({ ...machine(), directory: new SandboxDirectory(project) })).toEqual([
    `npm packages: ${missing} missing: run \`npm ci\``,
  ]);
});

test("a folder that cannot be written is named, with both remedies", () => {
  const on = machine();
  const file = join(on.directory.project, "file");
  writeFileSync(file, "");
  const directory = new SandboxDirectory(on.directory.project, join(file, "sandbox"));

  expect(problemsOf({ ...on, directory })).toEqual([
    expect.stringMatching(
      /^folder: .*\/file\/sandbox cannot be written \(.*ENOTDIR.*\): make it writable, or name another folder with LAKEHOUSE_SANDBOX_DIRECTORY$/,
    ),
  ]);
});

test("everything that is missing is said at once", () => {
  const on: Machine = {
    node: "18.0.0",
    environment: { PATH: temporaryDirectory() },
    directory: new SandboxDirectory(temporaryDirectory()),
  };

  expect(problemsOf(on).map((line) => line.split(":", 1).join(""))).toEqual([
    "Node.js",
    "Terraform",
    "Python",
    "npm packages",
  ]);
});
