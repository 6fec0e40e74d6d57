import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TemporaryPackages } from "./temporary-packages";

const packagesDirectory = resolve(__dirname, "../../packages");

interface ResourceList {
  readonly provider: string;
  readonly version: string;
  readonly resources: string[];
  readonly dataSources: string[];
}

interface SchemaDocument {
  readonly provider_schemas: Record<
    string,
    { resource_schemas: object; data_source_schemas: object; provider: object }
  >;
}

const vendors = readdirSync(packagesDirectory)
  .filter((name) => name.startsWith("provider-"))
  .map((name) => name.slice("provider-".length));

function readCommitted(vendor: string, file: string): unknown {
  return JSON.parse(readFileSync(join(packagesDirectory, `provider-${vendor}`, file), "utf8"));
}

test("there is a package for each provider that npm does not have", () => {
  expect(vendors).toEqual(["confluent", "snowflake"]);
});

describe.each(vendors)("provider-%s", (vendor) => {
  const list = readCommitted(vendor, "resources.json") as ResourceList;

  test("schema.json holds exactly the listed types of the listed provider", () => {
    const { provider_schemas: providers } = readCommitted(vendor, "schema.json") as SchemaDocument;
    const address = `registry.terraform.io/${list.provider}`;

    expect(Object.keys(providers)).toEqual([address]);
    expect(Object.keys(providers[address]?.resource_schemas ?? {})).toEqual(
      [...list.resources].sort(),
    );
    expect(Object.keys(providers[address]?.data_source_schemas ?? {})).toEqual(
      [...list.dataSources].sort(),
    );
    expect(providers[address]?.provider).toHaveProperty("block.attributes");
  });

  test("behaviour.json has facts about exactly the provider block and the listed types", () => {
    const facts = readCommitted(vendor, "behaviour.json") as object;
    const dataSources = list.dataSources.map((type) => `data.${type}`);

    expect(Object.keys(facts).sort()).toEqual(
      [...list.resources, ...dataSources, "provider"].sort(),
    );
  });

  test("package.json has the name and version that a published package would have", () => {
    expect(readCommitted(vendor, "package.json")).toMatchObject({
      name: `@cdktf/provider-${vendor}`,
      version: list.version,
      private: true,
    });
  });

  test("updating from the committed schema changes no byte", () => {
    const packages = new TemporaryPackages();
    packages.addReal(vendor);
    const folder = `packages/provider-${vendor}`;
    const files = ["schema.json", "behaviour.json", "package.json"].map((f) => `${folder}/${f}`);
    const before = files.map((file) => packages.read(file));

    packages.write("schema-document.json", packages.read(`${folder}/schema.json`));
    const { status, stderr } = packages.run("update-schemas.mjs", [
      vendor,
      "--from",
      "schema-document.json",
    ]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(files.map((file) => packages.read(file))).toEqual(before);
  });
});
