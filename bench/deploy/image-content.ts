import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { activate } from "../../python/activation";
import { ensurePythonEnvironment } from "../../python/environment";
import { environmentDirectory, namedEnvironment } from "../../python/environments";
import { findJavaHome } from "../../python/java-home";
import { runsOfStage } from "./recipe";

const DOCKERFILE = join("functions", "flink-deployer", "Dockerfile");
const LISTS = ["build.txt", "table-api.txt"];

/** What the deployer's image has beyond its base. */
export interface ImageContent {
  /** The packages of the plugin. */
  readonly plugin: string;
  /** The linked Java runtime; undefined where no JDK 17 with jmods is at hand. */
  readonly java?: string;
}

/** What {@link makeImageContent} works with. */
export interface ImageTools {
  /** The variables of an environment that has the build tools of `python/build.txt`. */
  readonly env: NodeJS.ProcessEnv;
  /** A JDK 17 with jmods, if there is one. */
  readonly jdk?: string;
}

/** The environment in which images are put together, with the JDK of the machine. */
export async function imageTools(): Promise<ImageTools> {
  const python = await ensurePythonEnvironment(
    environmentDirectory("table-api"),
    namedEnvironment("table-api"),
    { onProgress: (line) => process.stderr.write(`${line}\n`) },
  );
  const home = dirname(dirname(python));
  const jdk = findJavaHome(home, process.env);
  const env = activate(home, process.env);
  return jdk !== undefined && existsSync(join(jdk, "jmods")) ? { env, jdk } : { env };
}

/**
 * Runs the very commands of the Dockerfile's stages on this machine, into a directory that is kept under a key of what
 * they are made from.
 */
export function makeImageContent(project: string, { env, jdk }: ImageTools): ImageContent {
  const dockerfile = readFileSync(join(project, DOCKERFILE), "utf8");
  const lists = LISTS.map((list) => join(project, "python", list));
  const hash = createHash("sha256")
    .update(dockerfile)
    .update(jdk ?? "");
  lists.forEach((list) => hash.update(readFileSync(list)));
  const parent = join(project, ".python", "image");
  const home = join(parent, hash.digest("hex").slice(0, 12));
  if (!existsSync(home)) {
    mkdirSync(parent, { recursive: true });
    const building = mkdtempSync(join(parent, "building-"));
    try {
      lists.forEach((list) => {
        copyFileSync(list, join(building, list.slice(dirname(list).length + 1)));
      });
      const run = (stage: string, variables: NodeJS.ProcessEnv): void => {
        for (const command of runsOfStage(dockerfile, stage)) {
          const here = command.replaceAll(/\/opt\/(?=plugin|java)/g, `${building}/`);
          execFileSync("sh", ["-ec", here], { cwd: building, env: variables, stdio: "ignore" });
        }
      };
      run("plugin", env);
      if (jdk !== undefined) {
        run("java", { ...env, JAVA_HOME: jdk });
      }
      renameSync(building, home);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  const java = join(home, "java");
  const plugin = join(home, "plugin");
  return existsSync(java) ? { plugin, java } : { plugin };
}
