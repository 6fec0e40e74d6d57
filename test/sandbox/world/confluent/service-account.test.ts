import { text } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { Terraform } from "../support/terraform";

test("the state holds everything that the schema declares", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("writer"));

  expect(account).toEqual({
    id: expect.stringMatching(/^sa-/),
    api_version: "iam/v2",
    kind: "ServiceAccount",
    display_name: "writer",
    description: "does writer",
  });
  expect(await terraform.read("service_account", account)).toEqual(account);
});

test("a name is given once", async () => {
  const terraform = new Terraform();
  const first = await terraform.create("service_account", planned.serviceAccount("writer"));
  const second = await terraform.create("service_account", planned.serviceAccount("reader"));
  const taken = `409 Conflict: Service name is already in use.\n${text(first, "id")} has the display name "writer"`;

  expect(
    await terraform.refusal("create", "service_account", {
      planned: planned.serviceAccount("writer"),
    }),
  ).toBe(`error creating service account "writer": ${taken}`);
  expect(
    await terraform.refusal("update", "service_account", {
      prior: second,
      planned: { ...second, display_name: "writer" },
    }),
  ).toBe(`error updating service account "${text(second, "id")}": ${taken}`);
});

test("name and description can change, and a free name can be taken again", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("writer"));
  const renamed = await terraform.update("service_account", account, {
    display_name: "author",
    description: "",
  });

  expect(renamed).toEqual({ ...account, display_name: "author", description: "" });
  await terraform.create("service_account", planned.serviceAccount("writer"));
});

test("its keys and role bindings go with it, and nobody else's", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const leaving = await platform.administrator("leaving");
  const staying = await platform.administrator("staying");
  const key = await platform.key(leaving, "cluster");
  const kept = await platform.key(staying, "cluster");
  await terraform.delete("service_account", { id: leaving });

  expect(await terraform.read("api_key", key)).toBeNull();
  expect(await terraform.read("api_key", kept)).toEqual(kept);
  expect(
    terraform.world.inventory().filter(({ type }) => type === "confluent_role_binding"),
  ).toEqual([expect.objectContaining({ principal: `User:${staying}` })]);
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("writer"));
  const id = text(account, "id");
  await terraform.delete("service_account", account);

  expect(await terraform.read("service_account", account)).toBeNull();
  expect(await terraform.refusal("delete", "service_account", { prior: account })).toBe(
    `error deleting service account "${id}": 404 Not Found: Service Account Not Found\n"${id}" does not exist`,
  );
});

test("can be imported by its id", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("writer"));

  expect(await terraform.call("import", "service_account", { id: text(account, "id") })).toEqual({
    state: account,
    diagnostics: [],
  });
});
