import type { TemporaryPackages } from "./temporary-packages";

/** Where the invented provider lives in a temporary project. */
export const ACME = "packages/provider-acme";

/** What an `acme_rocket` has; its `description` is an attribute, not prose. */
export const rocketBlock = {
  attributes: {
    description: { optional: true, type: "string" },
    thrust: { required: true, type: "number" },
  },
};

/** The provider block of the invented provider. */
export const providerSchema = {
  block: { attributes: { endpoint: { optional: true, type: "string" } } },
  version: 0,
};

/** A document such as `terraform providers schema -json` prints, prose included. */
export function acmeDocument(): object {
  return {
    format_version: "1.0",
    provider_schemas: {
      "registry.terraform.io/acme/acme": {
        provider: providerSchema,
        resource_schemas: {
          acme_rocket: {
            version: 1,
            block: {
              description: "Goes up.",
              description_kind: "plain",
              attributes: {
                thrust: {
                  type: "number",
                  description: "In newtons.",
                  description_kind: "plain",
                  required: true,
                },
                description: { type: "string", description_kind: "plain", optional: true },
              },
            },
          },
          acme_rocket_skate: { version: 0, block: {} },
        },
        data_source_schemas: { acme_catalog: { version: 0, block: {} } },
        functions: { launch: { return_type: "bool" } },
      },
    },
  };
}

/** Which part of the invented provider a test's package lists. */
export interface AcmeLists {
  readonly version?: string;
  readonly resources?: readonly string[];
  readonly dataSources?: readonly string[];
}

/** Writes a package of the invented provider that lists `acme_rocket`, or what is given. */
export function addAcme(packages: TemporaryPackages, lists: AcmeLists = {}): void {
  packages.writeJson(`${ACME}/package.json`, { name: "@cdktf/provider-acme", version: "1.2.3" });
  packages.writeJson(`${ACME}/resources.json`, {
    provider: "acme/acme",
    version: "1.2.3",
    resources: ["acme_rocket"],
    dataSources: [],
    ...lists,
  });
  packages.writeJson(`${ACME}/behaviour.json`, { provider: {}, acme_rocket: {} });
  packages.writeJson("acme.json", acmeDocument());
}
