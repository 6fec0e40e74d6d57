import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import { temporaryDirectory } from "../support/temporary-directory";

const projectRoot = resolve(__dirname, "../..");

/** What a script printed and how it ended. */
export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A project in a temporary folder with the real scripts and whatever binding packages a test
 * writes. Its scripts run without `PATH`, so without Terraform, unless a test gives them one.
 */
export class TemporaryPackages {
  readonly root = temporaryDirectory();

  constructor() {
    mkdirSync(join(this.root, "packages"));
    for (const script of ["generate-bindings.mjs", "update-schemas.mjs", "tools"]) {
      const path = join("packages", script);
      cpSync(join(projectRoot, path), join(this.root, path), { recursive: true });
    }
    copyFileSync(join(projectRoot, ".prettierrc.json"), join(this.root, ".prettierrc.json"));
    symlinkSync(join(projectRoot, "node_modules"), join(this.root, "node_modules"), "dir");
  }

  /** Copies the committed files of a real package. */
  addReal(vendor: string): void {
    for (const file of ["package.json", "resources.json", "schema.json", "behaviour.json"]) {
      const path = join("packages", `provider-${vendor}`, file);
      this.write(path, readFileSync(join(projectRoot, path), "utf8"));
    }
  }

  /** Runs `packages/<script>` in the temporary project. */
  run(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ScriptResult {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join("packages", script), ...args],
      { cwd: this.root, encoding: "utf8", env: { PATH: "", ...env } },
    );
    return { status, stdout, stderr };
  }

  path(path: string): string {
    return join(this.root, path);
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  readJson(path: string): unknown {
    return JSON.parse(this.read(path));
  }

  write(path: string, content: string, mode?: number): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content, { mode });
  }

  writeJson(path: string, value: unknown): void {
    this.write(path, JSON.stringify(value));
  }
}
