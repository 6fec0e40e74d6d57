import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { namedEnvironment } from "../../python/environments";
import { listFile, projectDirectory } from "../../python/lists";

const folder = join(projectDirectory(), "python");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => name.replace(".txt", ""));

/** The packages of a list with their versions, by name. */
function packagesOf(text: string): ReadonlyMap<string, string> {
  const entries = [...text.matchAll(/^([a-z0-9][a-z0-9._-]*)==(\S+)/gim)];
  return new Map(entries.map(([, name = "", version = ""]) => [name.toLowerCase(), version]));
}

const read = (name: string): string => readFileSync(join(folder, `${name}.txt`), "utf8");

describe.each(names)("the list %s", (name) => {
  const text = read(name);

  test("H-19: has one version and a hash for each package, and nothing open", () => {
    const entries = text.split(/\n(?=[a-z0-9])/i).filter((entry) => /^[a-z0-9]/i.test(entry));

    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      expect(entry).toMatch(/^[A-Za-z0-9._-]+==\S+[^\n]*\\\n {4}--hash=sha256:[0-9a-f]{64}/);
    }
  });

  test("names no host, no other list and no place on a disk", () => {
    expect(text).not.toMatch(/:\/\//);
    expect(text).not.toMatch(/^\s*(-r|-c|-e|-f|--find-links|--index-url|--extra-index-url)\b/m);
  });

  test("has what its .in file asks for", () => {
    const asked = readFileSync(join(folder, `${name}.in`), "utf8")
      .split("\n")
      .filter((line) => /^[a-z0-9]/i.test(line))
      .map(
        (line) =>
          line
            .split(/[=[ ;<>~]/)[0]
            ?.toLowerCase()
            .replace(".", "-") ?? "",
      );
    const locked = new Set([...packagesOf(text).keys()].map((key) => key.replace(".", "-")));

    expect(asked.filter((wanted) => !locked.has(wanted))).toEqual([]);
  });
});

describe("the list table-api", () => {
  test("H-19: has none of what the plugin's packages declare and never use", () => {
    const unused = ["apache-beam", "pandas", "pyarrow", "numpy", "avro", "grpcio", "pemja", "lxml"];
    const packages = packagesOf(read("table-api"));

    expect(unused.filter((name) => packages.has(name))).toEqual([]);
    expect(packages.get("confluent-pyflink")).toBe("2.3.3");
  });

  test("L-03: names the one package that is built from its source, and no other is", () => {
    const built = names.flatMap((name) => read(name).match(/^--no-binary .*$/gm) ?? []);

    expect(built.filter((line) => line === "--no-binary confluent-flink-jars")).toHaveLength(1);
    expect(packagesOf(read("build")).has("setuptools")).toBe(true);
  });
});

test.each(["development", "table-api", "local-flink"])(
  "the lists of the environment %s agree on versions, and exist",
  (name) => {
    const { lists } = namedEnvironment(name);
    const versions = new Map<string, string>();

    expect(lists.filter((list) => !existsSync(list))).toEqual([]);
    for (const list of lists) {
      for (const [key, version] of packagesOf(readFileSync(list, "utf8"))) {
        expect([key, versions.get(key) ?? version]).toEqual([key, version]);
        versions.set(key, version);
      }
    }
  },
);

test("an environment of another name is refused with the names there are", () => {
  expect(() => namedEnvironment("flink")).toThrow(
    'there is no Python environment "flink": it is one of development, table-api, local-flink',
  );
  expect(listFile("build")).toBe(join(folder, "build.txt"));
});
