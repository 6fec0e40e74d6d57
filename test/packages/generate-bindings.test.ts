import { readdirSync, statSync } from "node:fs";
import { ACME, addAcme } from "./acme";
import { TemporaryPackages } from "./temporary-packages";

const LIB = `${ACME}/lib`;

let packages: TemporaryPackages;

beforeAll(() => {
  packages = new TemporaryPackages();
  addAcme(packages, { dataSources: ["acme_catalog"] });
  packages.run("update-schemas.mjs", ["acme", "--from", "acme.json"]);
});

const generate = () => packages.run("generate-bindings.mjs");

/** Changes only when another build has replaced lib/. */
const identityOfLib = () => statSync(packages.path(LIB)).ino;

// The tests follow one package through its life: a build costs seconds.
describe("building", () => {
  test("makes a published package's layout, without Terraform and without a word on stderr", () => {
    const { status, stdout, stderr } = generate();

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^packages\/provider-acme: acme\/acme 1\.2\.3, 2 resources and data sources: built in \d+\.\d s\n$/,
    );
    expect(readdirSync(packages.path(LIB)).sort()).toEqual([
      ".build-stamp",
      "data-acme-catalog",
      "provider",
      "rocket",
    ]);
    expect(readdirSync(packages.path(`${LIB}/rocket`)).sort()).toEqual(["index.d.ts", "index.js"]);
  });

  test("leaves nothing else behind", () => {
    expect(readdirSync(packages.path(ACME)).sort()).toEqual([
      "behaviour.json",
      "lib",
      "package.json",
      "resources.json",
      "schema.json",
    ]);
  });

  test("does nothing when nothing has changed", () => {
    const before = identityOfLib();

    expect(generate()).toEqual({
      status: 0,
      stdout: `${ACME}: acme/acme 1.2.3, 2 resources and data sources: up to date\n`,
      stderr: "",
    });
    expect(identityOfLib()).toBe(before);
  });

  test("is repeated for another schema", () => {
    packages.write(
      `${ACME}/schema.json`,
      packages.read(`${ACME}/schema.json`).replaceAll("thrust", "push"),
    );

    expect(generate().stdout).toContain(": built in ");
    expect(packages.read(`${LIB}/rocket/index.d.ts`)).toContain("readonly push: number;");
    expect(packages.read(`${LIB}/rocket/index.d.ts`)).not.toContain("thrust");
  });

  test("is repeated for another generator script", () => {
    const script = "packages/tools/emit-source.mjs";
    packages.write(script, `${packages.read(script)}\n// changed\n`);

    expect(generate().stdout).toContain(": built in ");
    expect(generate().stdout).toContain(": up to date");
  });
});

describe("a build that fails or is killed", () => {
  test("keeps the last lib/ and names the schema and the remedy", () => {
    const before = identityOfLib();
    const schema = packages.read(`${ACME}/schema.json`);
    packages.writeJson(`${ACME}/schema.json`, { provider_schemas: {} });

    const { status, stderr } = generate();
    packages.write(`${ACME}/schema.json`, schema);

    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Cannot build the provider bindings\. .*provider-acme\/schema\.json: has no schema of registry\.terraform\.io\/acme\/acme; run "node packages\/update-schemas\.mjs acme"\n$/,
    );
    expect(identityOfLib()).toBe(before);
    expect(stagingFolders()).toEqual([]);
  });

  test("is swept up by the next one, a running one is not", () => {
    const abandoned = ".build-999999999-abcdef";
    const running = `.build-${process.pid}-abcdef`;
    for (const name of [abandoned, running]) packages.write(`${ACME}/${name}/src/a.ts`, "");

    expect(generate().status).toBe(0);
    expect(stagingFolders()).toEqual([running]);
  });
});

const stagingFolders = () =>
  readdirSync(packages.path(ACME)).filter((name) => name.startsWith(".build-"));
