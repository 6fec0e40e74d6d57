import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import confluent from "../../packages/provider-confluent/resources.json";
import snowflake from "../../packages/provider-snowflake/resources.json";

/** The import paths of a package's listed types, as a published package would name them. */
function modulesOf(vendor: string, list: { resources: string[]; dataSources: string[] }) {
  const kebab = (type: string) => type.slice(vendor.length + 1).replaceAll("_", "-");
  return [
    ...list.resources.map((type) => ({ type, module: kebab(type) })),
    ...list.dataSources.map((type) => ({ type, module: `data-${vendor}-${kebab(type)}` })),
  ];
}

const packages = [
  { name: "@cdktf/provider-confluent", modules: modulesOf("confluent", confluent) },
  { name: "@cdktf/provider-snowflake", modules: modulesOf("snowflake", snowflake) },
];

/** Of a binding's exports, only the resource's own class has a Terraform type. */
type BindingModule = Record<string, { readonly tfResourceType?: string }>;

/** Resolves as the project's compiler options do. */
function typesOf(specifier: string): string | undefined {
  const options = {
    module: ts.ModuleKind.Node20,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  };
  return ts.resolveModuleName(specifier, __filename, options, ts.sys).resolvedModule
    ?.resolvedFileName;
}

describe.each(packages)("$name", ({ name, modules }) => {
  const library = join(dirname(require.resolve(`${name}/package.json`)), "lib");

  test.each(modules)("lib/$module is the class of $type", ({ type, module }) => {
    const specifier = `${name}/lib/${module}`;
    const exported = Object.values(jest.requireActual<BindingModule>(specifier));

    expect(exported.flatMap(({ tfResourceType }) => tfResourceType ?? [])).toEqual([type]);
    expect(typesOf(specifier)).toBe(join(library, module, "index.d.ts"));
  });

  test("lib/ holds the provider and the listed types, nothing else", () => {
    const folders = readdirSync(library).filter((entry) => !entry.startsWith("."));

    expect(folders.sort()).toEqual([...modules.map(({ module }) => module), "provider"].sort());
  });

  test.each(["", "/lib", "/lib/index", "/lib/lazy-index"])(
    "nothing can be imported from the root%s",
    (path) => {
      const specifier = `${name}${path}`;

      expect(() => createRequire(__filename).resolve(specifier)).toThrow();
      expect(() => jest.requireActual<BindingModule>(specifier)).toThrow();
      expect(typesOf(specifier)).toBeUndefined();
    },
  );

  test("Node refuses the root as not exported", () => {
    const script = `try { require(${JSON.stringify(name)}) } catch (error) { console.log(error.code) }`;
    const output = execFileSync(process.execPath, ["-e", script], {
      cwd: __dirname,
      encoding: "utf8",
    });

    expect(output).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });
});
