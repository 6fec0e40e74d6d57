import { planned } from "./support/planned";
import { Terraform } from "./support/terraform";

test("configuring a provider is always fine: the provider checks its block itself", async () => {
  expect(await new Terraform().call("configure", "", { configuration: {} })).toEqual({
    diagnostics: [],
  });
});

test("fails for another vendor", async () => {
  expect(await new Terraform().refusal("read", "environment", { provider: "snowflake" })).toBe(
    'the sandbox world has no provider "snowflake", only "confluent"',
  );
});

test.each([
  ["create", "resource", "ksql_cluster", "confluent_environment"],
  ["read-data-source", "data source", "users", "confluent_organization"],
] as const)(
  "%s fails for a %s type that the world does not have",
  async (operation, kind, type, has) => {
    const refusal = await new Terraform().refusal(operation, type, {});

    expect(refusal).toContain(`the sandbox world has no ${kind} confluent_${type}\nit has: `);
    expect(refusal).toContain(has);
  },
);

test("a read takes what Terraform has as its state", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("a"));

  expect(await terraform.call("read", "service_account", { prior: account })).toEqual(
    await terraform.call("read", "service_account", { state: account }),
  );
});
