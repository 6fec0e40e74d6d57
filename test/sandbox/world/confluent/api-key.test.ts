import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { Terraform } from "../support/terraform";

test("the state holds everything that the schema declares, the secret at creation only", async () => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const key = await platform.key(account, "cluster");

  expect(key).toEqual({
    id: expect.stringMatching(/^[A-Z0-9]{16}$/),
    secret: expect.stringMatching(/^.{64}$/),
    display_name: `${account} ${platform.ids.cluster}`,
    description: "a key",
    disable_wait_for_ready: false,
    owner: [{ id: account, api_version: "iam/v2", kind: "ServiceAccount" }],
    managed_resource: [
      {
        id: platform.ids.cluster,
        api_version: "cmk/v2",
        kind: "Cluster",
        environment: [{ id: platform.ids.environment }],
      },
    ],
  });
  expect(await platform.terraform.read("api_key", key)).toEqual(key);
  const { state } = await platform.terraform.call("import", "api_key", {
    id: `${platform.ids.environment}/${text(key, "id")}`,
  });
  expect({ ...state, secret: key["secret"] }).toEqual(key);
  expect(state).not.toHaveProperty("secret");
});

test("a cloud key opens no resource", async () => {
  const terraform = new Terraform();
  const account = await terraform.create("service_account", planned.serviceAccount("a"));
  const key = await terraform.create("api_key", planned.apiKey(text(account, "id")));

  expect(key["managed_resource"]).toEqual([]);
  expect(await terraform.read("api_key", key)).toEqual(key);
});

test.each([
  ["tableflow/v1", "Tableflow", "tableflow"],
  ["global/v1", "Global", "global"],
  ["srcm/v2", "Cluster", undefined],
  ["fcpm/v2", "Region", "aws.eu-west-1"],
])("can be for %s %s", async (api_version, kind, id) => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const managed = {
    id: id ?? platform.ids.registry,
    api_version,
    kind,
    environmentId: platform.ids.environment,
  };
  const key = await platform.terraform.create("api_key", planned.apiKey(account, managed));

  expect(key["managed_resource"]).toMatchObject([{ id: managed.id, api_version, kind }]);
});

test("a Tableflow key is of no environment, and opens neither cluster nor registry", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const administrator = await platform.administrator();
  const streams = await platform.streams(administrator);
  const key = await terraform.create("api_key", {
    ...planned.apiKey(administrator),
    managed_resource: [
      { id: "tableflow", api_version: "tableflow/v1", kind: "Tableflow", environment: [] },
    ],
  });

  expect(key["managed_resource"]).toEqual([
    { id: "tableflow", api_version: "tableflow/v1", kind: "Tableflow", environment: [] },
  ]);
  expect(await terraform.read("api_key", key)).toEqual(key);
  expect(
    await terraform.refusal("create", "kafka_topic", {
      planned: planned.topic("t"),
      configuration: {
        ...streams,
        kafka_api_key: text(key, "id"),
        kafka_api_secret: text(key, "secret"),
      },
    }),
  ).toContain(`is for tableflow, not for ${platform.ids.cluster}`);
});

test.each([
  ["cmk/v2", "Cluster", "lkc-none"],
  ["srcm/v3", "Cluster", "lsrc-none"],
  ["fcpm/v2", "Region", "aws.mars-1"],
  ["tableflow/v1", "Tableflow", "other"],
  ["ksqldbcm/v2", "Cluster", "lksqlc-1"],
])("fails for %s %s %s, which does not exist", async (api_version, kind, id) => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const environmentId = platform.ids.environment;

  expect(
    await platform.terraform.refusal("create", "api_key", {
      planned: planned.apiKey(account, { id, api_version, kind, environmentId }),
    }),
  ).toBe(
    `error creating API Key "": 400 Bad Request: resource ${id} not found\n` +
      `no ${kind} of ${api_version} has the id "${id}" in environment "${environmentId}"`,
  );
});

test("fails when the resource is in another environment", async () => {
  const platform = await Platform.create();
  const account = await platform.account("a");
  const other = await platform.terraform.create("environment", planned.environment("other"));

  expect(
    await platform.terraform.refusal("create", "api_key", {
      planned: planned.apiKey(account, {
        id: platform.ids.cluster,
        api_version: "cmk/v2",
        kind: "Cluster",
        environmentId: text(other, "id"),
      }),
    }),
  ).toContain(`400 Bad Request: resource ${platform.ids.cluster} not found`);
});

test("fails for an owner that does not exist", async () => {
  expect(
    await new Terraform().refusal("create", "api_key", { planned: planned.apiKey("sa-none") }),
  ).toBe(
    'error creating API Key "": 404 Not Found: Service Account Not Found\n"sa-none" does not exist',
  );
});

test("name and description can change, and the key stays the same", async () => {
  const platform = await Platform.create();
  const key = await platform.key(await platform.account("a"), "cluster");
  const renamed = await platform.terraform.update("api_key", key, {
    display_name: "other",
    description: "",
  });

  expect(renamed).toEqual({ ...key, display_name: "other", description: "" });
});

test("one that is gone reads as gone and cannot be deleted again", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const key = await platform.key(await platform.account("a"), "cluster");
  const id = text(key, "id");
  await terraform.delete("api_key", key);

  expect(await terraform.read("api_key", key)).toBeNull();
  expect(await terraform.refusal("delete", "api_key", { prior: key })).toBe(
    `error deleting API Key "${id}": 403 Forbidden: Forbidden Access\nAPI key "${id}" does not exist`,
  );
});

describe("at the data plane", () => {
  async function tryKey(
    change: (platform: Platform, streams: TerraformObject) => Promise<TerraformObject>,
  ): Promise<readonly string[]> {
    const platform = await Platform.create();
    const administrator = await platform.administrator();
    const streams = await platform.streams(administrator);
    const topic = await platform.terraform.create("kafka_topic", planned.topic("t"), streams);
    const configuration = await change(platform, streams);
    const prior = topic;
    return [
      await platform.terraform.refusal("create", "kafka_topic", {
        planned: planned.topic("u"),
        configuration,
      }),
      await platform.terraform.refusal("read", "kafka_topic", { state: topic, configuration }),
      await platform.terraform.refusal("update", "kafka_topic", {
        prior,
        planned: topic,
        configuration,
      }),
      await platform.terraform.refusal("delete", "kafka_topic", { prior, configuration }),
    ];
  }

  test.each<[string, Parameters<typeof tryKey>[0], RegExp]>([
    [
      "that does not exist",
      (_platform, streams) => Promise.resolve({ ...streams, kafka_api_key: "NONE" }),
      /API key "NONE" does not exist/,
    ],
    [
      "with a wrong secret",
      (_platform, streams) => Promise.resolve({ ...streams, kafka_api_secret: "guess" }),
      /has another secret/,
    ],
    [
      "that was deleted",
      async ({ terraform }, streams) => {
        await terraform.delete("api_key", { id: text(streams, "kafka_api_key") });
        return streams;
      },
      /does not exist/,
    ],
    [
      "of the registry",
      (_platform, streams) =>
        Promise.resolve({
          ...streams,
          kafka_api_key: text(streams, "schema_registry_api_key"),
          kafka_api_secret: text(streams, "schema_registry_api_secret"),
        }),
      /is for lsrc-\w+, not for lkc-/,
    ],
    [
      "for the control plane",
      async ({ terraform }, streams) => {
        const account = await terraform.create("service_account", planned.serviceAccount("cloud"));
        const key = await terraform.create("api_key", planned.apiKey(text(account, "id")));
        return {
          ...streams,
          kafka_api_key: text(key, "id"),
          kafka_api_secret: text(key, "secret"),
        };
      },
      /is a cloud key, not one for lkc-/,
    ],
  ])("a key %s opens nothing", async (_case, change, explanation) => {
    const refusals = await tryKey(change);

    expect(refusals.map((refusal) => refusal.split("\n")[0])).toEqual([
      "error creating Kafka Topic: 401 Unauthorized: Unauthorized",
      "error reading Kafka Topic: 401 Unauthorized: Unauthorized",
      "401 Unauthorized: Unauthorized",
      expect.stringMatching(
        /^error deleting Kafka Topic "lkc-\w+\/t": 401 Unauthorized: Unauthorized$/,
      ),
    ]);
    for (const refusal of refusals) {
      expect(refusal).toMatch(explanation);
    }
  });
});
