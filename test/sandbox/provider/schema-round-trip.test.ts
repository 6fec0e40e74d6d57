import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../sandbox/provider/project-root";
import type { SchemaDocument } from "../../../sandbox/provider/schema/document";
import { vendors } from "../../../sandbox/provider/vendors";
import { temporaryDirectory } from "../../support/temporary-directory";
import { installedProviders } from "./support/installed-providers";
import { terraformOk } from "./support/terraform";

const directory = temporaryDirectory();

/**
 * The committed documents leave out one thing that Terraform prints for every block and argument: the
 * kind of a description, which is always "plain". Terraform in turn leaves out a kind of type of which
 * there is none. Nothing else may differ.
 */
function withoutDescriptionKind(json: unknown): unknown {
  if (Array.isArray(json)) return json.map((item: unknown) => withoutDescriptionKind(item));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([key, value]) => !(key === "description_kind" && value === "plain"))
      .map(([key, value]) => [key, withoutDescriptionKind(value)]),
  );
}

it("prints exactly the committed schema documents through the real Terraform", async () => {
  const environment = installedProviders(directory);
  const workspace = join(directory, "workspace");
  mkdirSync(workspace);
  const required = vendors.map(({ name, source, version }) => [name, { source, version }] as const);
  writeFileSync(
    join(workspace, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: Object.fromEntries(required) } }),
  );
  await terraformOk(["init"], workspace, environment);
  const printed = JSON.parse(
    await terraformOk(["providers", "schema", "-json"], workspace, environment),
  ) as SchemaDocument;

  for (const { name, source } of vendors) {
    const file = join(projectRoot(), "packages", `provider-${name}`, "schema.json");
    const committed = JSON.parse(readFileSync(file, "utf8")) as SchemaDocument;
    expect(
      withoutDescriptionKind({
        resource_schemas: {},
        data_source_schemas: {},
        ...printed.provider_schemas[source],
      }),
    ).toStrictEqual(committed.provider_schemas[source]);
  }
}, 60_000);
