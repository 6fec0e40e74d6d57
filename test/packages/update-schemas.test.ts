import { ACME, addAcme, providerSchema, rocketBlock } from "./acme";
import { TemporaryPackages } from "./temporary-packages";

let packages: TemporaryPackages;

beforeEach(() => {
  packages = new TemporaryPackages();
});

const update = (...args: string[]) => packages.run("update-schemas.mjs", args);

describe("the schema", () => {
  test("is cut to the listed types and keeps no prose", () => {
    addAcme(packages);

    expect(update("acme", "--from", "acme.json")).toEqual({
      status: 0,
      stdout: `${ACME}: schema of acme/acme 1.2.3: 1 resources, 0 data sources\n`,
      stderr: "",
    });
    expect(packages.readJson(`${ACME}/schema.json`)).toEqual({
      format_version: "1.0",
      provider_schemas: {
        "registry.terraform.io/acme/acme": {
          provider: providerSchema,
          resource_schemas: { acme_rocket: { version: 1, block: rocketBlock } },
          data_source_schemas: {},
        },
      },
    });
  });

  test("is written with sorted keys", () => {
    addAcme(packages);
    update("acme", "--from", "acme.json");

    const text = packages.read(`${ACME}/schema.json`);
    const places = ["data_source_schemas", '"provider":', "resource_schemas"].map((key) =>
      text.indexOf(key),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test("brings package.json to the provider's version", () => {
    addAcme(packages, { version: "1.3.0" });
    update("acme", "--from", "acme.json");

    expect(packages.readJson(`${ACME}/package.json`)).toEqual({
      name: "@cdktf/provider-acme",
      version: "1.3.0",
    });
  });
});

describe("a mistake in resources.json", () => {
  test("names each unknown type with near matches and changes no file", () => {
    addAcme(packages, { resources: ["acme_roket", "acme_rocket", "acme_catalog", "acme_zzz"] });

    expect(update("acme", "--from", "acme.json")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "acme.json has no schema for what provider-acme/resources.json lists:\n" +
        "  resource acme_roket: did you mean acme_rocket, acme_rocket_skate?\n" +
        '  resource acme_catalog: belongs in "dataSources"\n' +
        "  resource acme_zzz: nothing similar exists\n",
    });
    expect(packages.has(`${ACME}/schema.json`)).toBe(false);
  });

  test("one vendor's mistake leaves the other vendors' files alone", () => {
    addAcme(packages);
    packages.writeJson("packages/provider-zeta/resources.json", {
      provider: "acme/acme",
      version: "1.2.3",
      resources: ["acme_nothing"],
      dataSources: [],
    });

    expect(update("--from", "acme.json").status).toBe(1);
    expect(packages.has(`${ACME}/schema.json`)).toBe(false);
  });

  test.each([
    ["version", "~> 1.2", `"version" must match /^\\d+\\.\\d+\\.\\d+$/, not "~> 1.2"`],
    ["resources", ["acme_rocket", "acme_rocket"], `"resources" lists acme_rocket twice`],
    ["dataSources", undefined, `"dataSources" must be a list of type names`],
  ])("a wrong %s is an error that names the file", (key, value, message) => {
    addAcme(packages, { [key]: value });

    const { status, stderr } = update("acme", "--from", "acme.json");
    expect(status).toBe(1);
    expect(stderr).toContain(`provider-acme/resources.json: ${message}`);
  });
});

describe("facts", () => {
  test("of a newly listed type are asked for, after the schema is written", () => {
    addAcme(packages, { resources: ["acme_rocket", "acme_rocket_skate"] });

    const { status, stderr } = update("acme", "--from", "acme.json");
    expect(status).toBe(1);
    expect(stderr).toContain(`${ACME}/behaviour.json has no facts about acme_rocket_skate.`);
    expect(stderr).toContain("provider's source at v1.2.3");
    expect(packages.read(`${ACME}/schema.json`)).toContain('"acme_rocket_skate"');
  });

  test("come from a full document, cut to the listed types", () => {
    addAcme(packages, { dataSources: ["acme_catalog"] });
    packages.writeJson("facts.json", {
      provider: { defaults: { endpoint: "up" } },
      acme_rocket: { forceNew: ["thrust"] },
      acme_rocket_skate: {},
      "data.acme_catalog": {},
    });

    expect(update("acme", "--from", "acme.json", "--facts", "facts.json").status).toBe(0);
    expect(packages.readJson(`${ACME}/behaviour.json`)).toEqual({
      provider: { defaults: { endpoint: "up" } },
      acme_rocket: { forceNew: ["thrust"] },
      "data.acme_catalog": {},
    });
  });

  test("of a type that is no longer listed are removed", () => {
    addAcme(packages, { resources: [] });

    expect(update("acme", "--from", "acme.json").status).toBe(0);
    expect(packages.readJson(`${ACME}/behaviour.json`)).toEqual({ provider: {} });
  });
});

describe("a wrong command line or document", () => {
  test("an unknown vendor lists the known ones", () => {
    addAcme(packages);

    const { status, stderr } = update("acne", "--from", "acme.json");
    expect(status).toBe(1);
    expect(stderr).toContain("There is no packages/provider-acne; known vendors: acme. Usage:");
  });

  test("facts without a vendor are refused", () => {
    addAcme(packages);

    const { status, stderr } = update("--from", "acme.json", "--facts", "facts.json");
    expect(status).toBe(1);
    expect(stderr).toContain("--facts needs a vendor");
  });

  test("a document of another provider says what it has", () => {
    addAcme(packages);
    packages.writeJson("other.json", {
      provider_schemas: { "registry.terraform.io/hashicorp/aws": {} },
    });

    expect(update("acme", "--from", "other.json").stderr).toBe(
      "other.json has no provider registry.terraform.io/acme/acme; it has: registry.terraform.io/hashicorp/aws\n",
    );
  });

  test.each([
    ["{}", 'document.json is not the output of "terraform providers schema -json"'],
    ["{", "document.json: "],
  ])("the document %j is refused", (content, message) => {
    addAcme(packages);
    packages.write("document.json", content);

    const { status, stderr } = update("acme", "--from", "document.json");
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe("without --from", () => {
  test("Terraform is asked for the pinned version's schema", () => {
    addAcme(packages);
    const bin = fakeTerraform(
      `case "$1" in
         init) /bin/cat main.tf.json > '${packages.path("requirement.json")}' ;;
         *) /bin/cat '${packages.path("acme.json")}' ;;
       esac`,
    );

    expect(packages.run("update-schemas.mjs", ["acme"], { PATH: bin }).status).toBe(0);
    expect(packages.readJson("requirement.json")).toEqual({
      terraform: { required_providers: { acme: { source: "acme/acme", version: "1.2.3" } } },
    });
    expect(packages.read(`${ACME}/schema.json`)).toContain('"acme_rocket"');
  });

  test("Terraform's failure comes with what it said and the remedy", () => {
    addAcme(packages);
    const bin = fakeTerraform("echo 'Error: could not connect' >&2; exit 1");

    const { status, stderr } = packages.run("update-schemas.mjs", ["acme"], { PATH: bin });
    expect(status).toBe(1);
    expect(stderr).toContain("Terraform cannot give the schema of acme/acme 1.2.3:");
    expect(stderr).toContain("Error: could not connect");
    expect(stderr).toContain("node packages/update-schemas.mjs acme --from schema.json");
  });

  test("a missing Terraform is named", () => {
    addAcme(packages);

    const { status, stderr } = update("acme");
    expect(status).toBe(1);
    expect(stderr).toContain("spawn terraform ENOENT");
  });
});

/** Returns a directory for `PATH` whose `terraform` runs a shell script. */
function fakeTerraform(script: string): string {
  packages.write("bin/terraform", `#!/bin/sh\n${script}\n`, 0o755);
  return packages.path("bin");
}
