import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Manifest } from "../../delivery/manifest";
import { UserError } from "../../delivery/user-error";
import { writeManifest } from "./support/demo-project";
import { temporaryDirectory } from "../support/temporary-directory";

/** Reads a manifest in which stacks depend on others. */
function manifestOf(dependencies: Readonly<Record<string, readonly string[]>>): Manifest {
  const output = temporaryDirectory();
  writeManifest(output, dependencies);
  return Manifest.read(output);
}

/** The names of stacks. */
function names(stacks: readonly { readonly name: string }[]): string[] {
  return stacks.map(({ name }) => name);
}

/** What reading a manifest with this text fails with. */
function refusalOf(text: string): unknown {
  const output = temporaryDirectory();
  writeFileSync(join(output, "manifest.json"), text);
  try {
    return Manifest.read(output);
  } catch (error) {
    return error instanceof UserError ? error.message.replace(output, "out") : error;
  }
}

describe("the order", () => {
  test("has each stack after the ones it depends on, directly and not", () => {
    const { stacks } = manifestOf({ "x-c": ["x-b"], "x-b": ["x-a"], "x-a": [] });

    expect(names(stacks)).toEqual(["x-a", "x-b", "x-c"]);
  });

  test("keeps the manifest's where nothing depends", () => {
    const { stacks } = manifestOf({ "x-c": [], "x-a": ["x-d"], "x-b": [], "x-d": [] });

    expect(names(stacks)).toEqual(["x-c", "x-d", "x-a", "x-b"]);
  });

  test("fails for a circle, and names it", () => {
    expect(() => manifestOf({ "x-a": ["x-b"], "x-b": ["x-c"], "x-c": ["x-b"] })).toThrow(
      "manifest.json: circular dependency x-a → x-b → x-c → x-b",
    );
  });

  test("fails for a stack that depends on itself", () => {
    expect(() => manifestOf({ "x-a": ["x-a"] })).toThrow("circular dependency x-a → x-a");
  });

  test("fails for a dependency that is not there", () => {
    expect(() => manifestOf({ "x-a": ["x-gone"] })).toThrow(
      "manifest.json: x-a depends on x-gone, which is not there",
    );
  });
});

describe("short names", () => {
  test.each<[string[], string[]]>([
    [
      ["lakehouse-dev-event-streams", "lakehouse-dev-platform"],
      ["event-streams", "platform"],
    ],
    // Not "ent" and "pty": only whole words are left out.
    [
      ["app-event", "app-empty"],
      ["event", "empty"],
    ],
    [
      ["app-dev", "app-dev-extra"],
      ["dev", "dev-extra"],
    ],
    [
      ["one-a", "two-a"],
      ["one-a", "two-a"],
    ],
    [["lakehouse-dev-platform"], ["lakehouse-dev-platform"]],
  ])("of %j are %j", (full, short) => {
    const { stacks } = manifestOf(Object.fromEntries(full.map((name) => [name, []])));

    expect(stacks.map(({ shortName }) => shortName)).toEqual(short);
  });
});

describe("select", () => {
  const manifest = (): Manifest => manifestOf({ "x-c": ["x-a"], "x-b": [], "x-a": [] });

  test("gives all stacks when none is named", () => {
    expect(names(manifest().select([]))).toEqual(["x-a", "x-c", "x-b"]);
  });

  test("takes full and short names, and gives manifest order, each stack once", () => {
    expect(names(manifest().select(["b", "x-a", "a"]))).toEqual(["x-a", "x-b"]);
  });

  test("names the unknown stacks and the known ones", () => {
    expect(() => manifest().select(["a", "z", "x-y"])).toThrow(
      new UserError("unknown stack z, x-y: the stacks are a, c, b"),
    );
  });
});

test("paths are absolute, wherever the manifest was read from", () => {
  const output = temporaryDirectory();
  writeManifest(output, { "x-a": [], "x-b": [] });

  expect(Manifest.read(output).select(["a"])).toEqual([
    {
      name: "x-a",
      shortName: "a",
      directory: join(output, "stacks/x-a"),
      configurationFile: join(output, "stacks/x-a/cdk.tf.json"),
      dependencies: [],
    },
  ]);
});

test("a missing manifest is answered with the command that writes it", () => {
  const output = join(temporaryDirectory(), "out");

  expect(() => Manifest.read(output)).toThrow(
    new UserError(
      `${output}/manifest.json not found: run \`npx cdktf synth --output ${output}\` first`,
    ),
  );
});

describe("a damaged manifest", () => {
  const stack = (changes: object): string => {
    const output = temporaryDirectory();
    writeManifest(output, { "x-a": [] });
    const manifest = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")) as {
      stacks: Record<string, object>;
    };
    return JSON.stringify({ stacks: { "x-a": { ...manifest.stacks["x-a"], ...changes } } });
  };
  const REMEDY = "is missing or malformed: synthesize again with the pinned cdktf";

  test.each([
    ["[]", `out/manifest.json: stacks ${REMEDY}`],
    [`{"stacks": []}`, `out/manifest.json: stacks ${REMEDY}`],
    [`{"stacks": {"x-a": null}}`, `out/manifest.json: stacks.x-a ${REMEDY}`],
    [stack({ workingDirectory: 1 }), `out/manifest.json: x-a.workingDirectory ${REMEDY}`],
    [
      stack({ synthesizedStackPath: null }),
      `out/manifest.json: x-a.synthesizedStackPath ${REMEDY}`,
    ],
    [stack({ dependencies: [1] }), `out/manifest.json: x-a.dependencies ${REMEDY}`],
  ])("%s is refused with its place", (text, message) => {
    expect(refusalOf(text)).toBe(message);
  });

  test("half a file is no defect of ours", () => {
    expect(refusalOf(`{"stacks": {`)).toMatch(
      /^out\/manifest\.json is not JSON \(.+\): synthesize again$/,
    );
  });
});
