import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectDirectory } from "../../python/lists";
import { temporaryDirectory } from "../support/temporary-directory";

const project = projectDirectory();
const read = (file: string): string => readFileSync(join(project, file), "utf8");

/** The instructions of a Dockerfile, one line each, without comments. */
const instructions = read("functions/flink-deployer/Dockerfile")
  .replaceAll(/^\s*#.*\n/gm, "")
  .replaceAll(/\\\n\s*/g, "")
  .split("\n")
  .filter((line) => line !== "");
const finalStage = instructions.slice(
  instructions.findLastIndex((line) => line.startsWith("FROM ")),
);
const workflow = read(".github/workflows/flink-deployer-image.yml");

/** The scripts of a workflow, by the name of their step. */
const scripts = new Map(
  workflow.split(/^ {6}- /m).flatMap((step): [string, string][] => {
    const name = /^name: (.*)$/m.exec(step)?.[1];
    const script = /run: \|\n((?: {10}.*\n|\n)+)/.exec(step)?.[1];
    return name === undefined || script === undefined ? [] : [[name, script]];
  }),
);

describe("the deployer's Dockerfile", () => {
  it("H-07: runs the handler that exists", () => {
    const [, handler = ""] = /^CMD \["([^"]+)"\]$/.exec(instructions.at(-1) ?? "") ?? [];
    const [, module = "", name = ""] = /^(.+)\.(\w+)$/.exec(handler) ?? [];
    const source = join("functions/flink-deployer/src", ...module.split("."));

    expect(read(`${source}.py`)).toMatch(new RegExp(`^def ${name}\\(`, "m"));
  });

  it("H-19: takes every image by its digest, and refuses a base that is only a tag", () => {
    const bases = instructions
      .filter((line) => line.startsWith("FROM "))
      .map((line) => line.split(" ")[1] ?? "");

    expect(bases.length).toBeGreaterThan(1);
    for (const base of bases) {
      expect(base).toMatch(/^\$\{LAMBDA_BASE\}$|^[a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    }
    // Without a default, a build that names no base fails.
    expect(instructions).toContain("ARG LAMBDA_BASE");
  });

  it("H-19: installs locked packages only, updates nothing, and leaves the tools of a build behind", () => {
    const installs = instructions.join("\n").match(/pip install[^&\n]*/g) ?? [];

    expect(installs).toHaveLength(2);
    for (const install of installs) {
      expect(install).toContain("--require-hashes");
      expect(install).toContain("--no-deps");
    }
    expect(instructions.join("\n")).not.toMatch(/\b(yum|dnf|apt-get|curl|wget|--upgrade)\b/);
    expect(finalStage.filter((line) => /^(RUN|ADD)\b/.test(line))).toEqual([]);
    expect(finalStage.join("\n")).not.toMatch(/devel|debugpy|jmods/);
  });

  it("L-03: has the Java runtime that was linked, and no JDK", () => {
    expect(finalStage).toContain("COPY --from=java /opt/java /opt/java");
    expect(finalStage.join("\n")).toContain("JAVA_HOME=/opt/java");
  });

  it("P-09: copies by relative paths, and all that it copies exists", () => {
    const copied = instructions
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(" ").slice(1, -1));

    expect(
      copied.filter((path) => path.startsWith("/") || !existsSync(join(project, path))),
    ).toEqual([]);
  });
});

describe("the workflow that builds the image", () => {
  it("H-18: makes one manifest for the platform of the function", () => {
    const build = scripts.get("Build") ?? "";

    expect(build).toContain("--platform linux/amd64");
    expect(build).toContain("--provenance=false");
    expect(build).toContain("--sbom=false");
  });

  it("H-16: pushes under a tag that names the inputs, and never under latest", () => {
    const script = (scripts.get("Name the image after its inputs") ?? "").replaceAll(
      "git ls-files -z",
      "git ls-files -z --cached --others --exclude-standard",
    );
    const output = join(temporaryDirectory(), "output");
    execFileSync("bash", ["-euo", "pipefail", "-c", script], {
      cwd: project,
      env: { ...process.env, LC_ALL: "C", GITHUB_OUTPUT: output },
    });

    expect(readFileSync(output, "utf8").trim()).toBe(`tag=inputs-${inputsDigest().slice(0, 16)}`);
    expect(workflow).not.toContain("latest");
    expect(scripts.get("Push")).toContain('docker push "$REPOSITORY_URL:$TAG"');
  });

  it("H-19: gives the build a base with a digest, of one platform", () => {
    const script = scripts.get("Resolve the base to a digest") ?? "";

    expect(script).toContain("^sha256:[0-9a-f]{64}$");
    expect(script).toContain('.platform.architecture == "amd64"');
    expect(scripts.get("Build")).toContain('--build-arg LAMBDA_BASE="$LAMBDA_BASE"');
  });

  it("P-07, P-08: deletes nothing, knows no key and no profile, and takes no parameter from a person", () => {
    expect(workflow).not.toMatch(/delete|--force|AWS_SECRET|AWS_PROFILE|--profile|secrets\./);
    expect(workflow).toMatch(/id-token: write/);
  });
});

it("P-07: no script of the repository deletes an image repository", () => {
  const files = execFileSync("git", ["ls-files", "-z", "--", "*.sh", "*.yml", "*.json", ".ci"], {
    cwd: project,
    encoding: "utf8",
  });

  const deleting = files
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(project, file)))
    .filter((file) => read(file).includes("delete-repository"));
  expect(deleting).toEqual([]);
});

/** The hash over the image's inputs, each a line as `sha256sum` prints it. */
function inputsDigest(): string {
  const below = (folder: string, wanted: RegExp): string[] =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => wanted.test(file) && !file.includes("__pycache__"))
      .map((file) => `${folder}/${file}`);
  const files = [
    "functions/flink-deployer/Dockerfile",
    "python/build.txt",
    "python/table-api.txt",
    ...below("functions/flink-deployer/src", /\.py$/),
    ...below("pipelines", /(\.py|^[^/]+\/pipeline\.json)$/),
  ];
  const lines = files
    .sort()
    .map((file) => `${sha256(readFileSync(join(project, file)))}  ${file}\n`);
  return sha256(lines.join(""));
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
