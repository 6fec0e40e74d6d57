import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { cloudKey, Terraform } from "../support/terraform";

test("the state holds everything that the schema declares", async () => {
  const terraform = new Terraform();
  const environment = await terraform.create("environment", planned.environment("streaming"));
  const organization = text(await terraform.readData("organization"), "resource_name");

  expect(environment).toEqual({
    id: expect.stringMatching(/^env-/),
    display_name: "streaming",
    resource_name: `${organization}/environment=${text(environment, "id")}`,
    stream_governance: [{ package: "ESSENTIALS" }],
  });
  expect(await terraform.read("environment", environment)).toEqual(environment);
});

test("without a governance package it shows an empty one", async () => {
  const environment = await new Terraform().create("environment", planned.environment("bare", ""));

  expect(environment["stream_governance"]).toEqual([{ package: "" }]);
});

test("two may have one name", async () => {
  const terraform = new Terraform();
  const first = await terraform.create("environment", planned.environment("twin"));
  const second = await terraform.create("environment", planned.environment("twin"));

  expect(second["id"]).not.toBe(first["id"]);
});

test("its name and package can change", async () => {
  const terraform = new Terraform();
  const before = await terraform.create("environment", planned.environment());
  const after = await terraform.update("environment", before, {
    display_name: "renamed",
    stream_governance: [{ package: "ADVANCED" }],
  });

  expect(after).toEqual({
    ...before,
    display_name: "renamed",
    stream_governance: [{ package: "ADVANCED" }],
  });
});

test.each([
  ["create", { planned: planned.environment("a") }, 'error creating Environment "a": '],
  ["read", { state: { id: "env-1" } }, ""],
  ["update", { prior: { id: "env-1" }, planned: {} }, 'error updating Environment "env-1": '],
  ["delete", { prior: { id: "env-1" } }, 'error deleting Environment "env-1": '],
  ["import", { id: "env-1" }, 'error importing Environment "env-1": '],
] as const)("%s needs a cloud key", async (operation, request, prefix) => {
  const configuration = { ...cloudKey, cloud_api_secret: "" };

  expect(
    await new Terraform().refusal(operation, "environment", { ...request, configuration }),
  ).toBe(
    `${prefix}401 Unauthorized: invalid API key: make sure you're using a Cloud API Key and not a Cluster API Key\n` +
      "the provider block has no cloud_api_key and cloud_api_secret",
  );
});

test("one that is gone reads as gone and cannot be changed", async () => {
  const terraform = new Terraform();
  const environment = await terraform.create("environment", planned.environment());
  await terraform.delete("environment", environment);
  const id = text(environment, "id");

  expect(await terraform.read("environment", environment)).toBeNull();
  expect(await terraform.refusal("delete", "environment", { prior: environment })).toBe(
    `error deleting Environment "${id}": 403 Forbidden: Forbidden Access\nenvironment "${id}" does not exist`,
  );
});

test("one with a cluster or a pool cannot be deleted", async () => {
  const { terraform, environment, cluster, pool, ids } = await Platform.create();

  expect(await terraform.refusal("delete", "environment", { prior: environment })).toBe(
    `error deleting Environment "${ids.environment}": 409 Conflict: Environment ${ids.environment} still has resources\n` +
      `delete first: ${ids.cluster} (main), ${ids.pool} (statements)`,
  );
  await terraform.delete("kafka_cluster", cluster);
  expect(await terraform.refusal("delete", "environment", { prior: environment })).toContain(
    ids.pool,
  );
  await terraform.delete("flink_compute_pool", pool);
  await terraform.delete("environment", environment);
});

test("its role bindings and region keys go with it", async () => {
  const platform = await Platform.create();
  const { terraform, environment, cluster, pool } = platform;
  const account = await platform.administrator();
  await platform.key(account, "region");
  await terraform.delete("kafka_cluster", cluster);
  await terraform.delete("flink_compute_pool", pool);
  await terraform.delete("environment", environment);

  expect(terraform.world.inventory().map(({ id }) => id)).toEqual([account]);
});

test("can be imported by its id", async () => {
  const terraform = new Terraform();
  const environment = await terraform.create("environment", planned.environment());

  expect(await terraform.call("import", "environment", { id: text(environment, "id") })).toEqual({
    state: environment,
    diagnostics: [],
  });
  expect(await terraform.refusal("import", "environment", { id: "env-none" })).toBe(
    'error importing Environment "env-none": 404 Not Found: Resource Not Found',
  );
});
