import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { Terraform } from "../support/terraform";

test("the organization is found through an environment", async () => {
  const terraform = new Terraform();
  await terraform.create("environment", planned.environment());
  const organization = await terraform.readData("organization");

  expect(organization).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    resource_name: `crn://confluent.cloud/organization=${text(organization, "id")}`,
  });
});

test("an organization without an environment is not found, not even after it had one", async () => {
  const terraform = new Terraform();
  const read = (): Promise<string> =>
    terraform.refusal("read-data-source", "organization", { config: {} });

  expect(await read()).toBe("error reading Environments: no environments were found");
  const environment = await terraform.create("environment", planned.environment());
  await terraform.delete("environment", environment);
  expect(await read()).toBe("error reading Environments: no environments were found");
});

test.each(["organization", "flink_region", "schema_registry_cluster"])(
  "%s needs a cloud key",
  async (type) => {
    expect(
      await new Terraform().refusal("read-data-source", type, { configuration: {}, config: {} }),
    ).toContain("401 Unauthorized: invalid API key");
  },
);

test("a Flink region has its endpoints", async () => {
  expect(
    await new Terraform().readData("flink_region", { cloud: "AWS", region: "us-east-1" }),
  ).toEqual({
    id: "aws.us-east-1",
    api_version: "fcpm/v2",
    kind: "Region",
    cloud: "AWS",
    region: "us-east-1",
    rest_endpoint: "https://flink.us-east-1.aws.confluent.cloud",
    private_rest_endpoint: "https://flink.us-east-1.aws.private.confluent.cloud",
  });
});

test("fails for a region without Flink", async () => {
  expect(
    await new Terraform().refusal("read-data-source", "flink_region", {
      config: { cloud: "AWS", region: "mars-1" },
    }),
  ).toBe(
    'error reading Flink region: there aren\'t any Flink regions with "cloud"="AWS", "region"="mars-1"',
  );
});

test("the Schema Registry is described completely", async () => {
  const { registry, environment, ids } = await Platform.create();
  const endpoint = expect.stringMatching(
    /^https:\/\/psrc-[a-z0-9]{5}\.us-east-1\.aws\.confluent\.cloud$/,
  );
  const privateEndpoint = `https://${ids.registry}.us-east-1.aws.private.confluent.cloud`;

  expect(registry).toEqual({
    id: ids.registry,
    api_version: "srcm/v3",
    kind: "Cluster",
    display_name: "Stream Governance Package",
    package: "ESSENTIALS",
    cloud: "AWS",
    region: "us-east-1",
    resource_name: `${text(environment, "resource_name")}/schema-registry=${ids.registry}`,
    rest_endpoint: endpoint,
    catalog_endpoint: endpoint,
    private_rest_endpoint: privateEndpoint,
    private_regional_rest_endpoints: { "us-east-1": privateEndpoint },
    environment: [{ id: ids.environment }],
  });
});

test("the Schema Registry can be chosen by id or name, and a wrong one is not found", async () => {
  const { terraform, registry, ids } = await Platform.create();
  const environment = [{ id: ids.environment }];
  const read = (config: object): Promise<string> =>
    terraform.refusal("read-data-source", "schema_registry_cluster", {
      config: { environment, ...config },
    });

  expect(
    await terraform.readData("schema_registry_cluster", { environment, id: ids.registry }),
  ).toEqual(registry);
  expect(
    await terraform.readData("schema_registry_cluster", {
      environment,
      display_name: "Stream Governance Package",
    }),
  ).toEqual(registry);
  expect(await read({ id: "lsrc-none" })).toBe(
    'error reading schema registry cluster: schema registry cluster "lsrc-none" was not found',
  );
  expect(await read({ display_name: "mine" })).toBe(
    'error reading schema registry cluster: schema registry cluster with "display_name"="mine" was not found',
  );
  expect(await read({ environment: [{ id: "env-none" }] })).toBe(
    'error reading schema registry cluster: 403 Forbidden: Forbidden Access\nenvironment "env-none" does not exist',
  );
});
