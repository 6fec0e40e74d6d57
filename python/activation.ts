import { delimiter, join } from "node:path";

import { findJavaHome } from "./java-home";

/**
 * The variables with which a program runs in an environment, as after `source bin/activate`, and with the `JAVA_HOME`
 * of a Java 17 where there is one.
 *
 * @param home the directory of the environment
 */
export function activate(home: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => name !== "PYTHONHOME");
  const javaHome = findJavaHome(home, env);
  return {
    ...Object.fromEntries(kept),
    VIRTUAL_ENV: home,
    PATH: [join(home, "bin"), env["PATH"] ?? ""].join(delimiter),
    ...(javaHome === undefined ? {} : { JAVA_HOME: javaHome }),
  };
}
