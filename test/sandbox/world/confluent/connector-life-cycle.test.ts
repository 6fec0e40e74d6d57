import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { create, found, trades, type Trades } from "../support/trades";

test("its name is its own in the cluster, and cannot change", async () => {
  const names = await trades();
  const { terraform } = names.platform;
  const connector = await create(names);
  const renamed = names.planned({ name: "other" }, { status: "RUNNING", config_sensitive: {} });

  expect(await terraform.refusal("create", "connector", { planned: names.planned() })).toBe(
    'error creating Connector "trades": 409 Conflict: Connector trades already exists',
  );
  expect(
    await terraform.call("update", "connector", { prior: connector, planned: renamed }),
  ).toEqual({
    // The provider takes the name back, so that the next plan shows the change again.
    state: {
      ...renamed,
      id: undefined,
      config_nonsensitive: connector["config_nonsensitive"],
    },
    diagnostics: [
      {
        severity: "error",
        summary: `error updating Connector "${text(connector, "id")}": "name" of a connector cannot be changed, it is "trades"`,
      },
    ],
  });
});

describe("a running connector", () => {
  test("is paused and resumed", async () => {
    const names = await trades();
    const { terraform } = names.platform;
    const connector = await create(names);
    const paused = await terraform.update("connector", connector, { status: "PAUSED" });

    expect(paused).toEqual({ ...connector, status: "PAUSED" });
    expect(await terraform.read("connector", paused)).toEqual(paused);
    expect(await terraform.update("connector", paused, { status: "RUNNING" })).toEqual(connector);
    expect(await terraform.read("connector", connector)).toEqual(connector);
  });

  test("gets no other status from Terraform", async () => {
    const names = await trades();
    const connector = await create(names);

    expect(
      await names.platform.terraform.refusal("update", "connector", {
        prior: connector,
        planned: { ...connector, status: "FAILED" },
      }),
    ).toContain(
      'only a change of status from "RUNNING" to "PAUSED" and back is supported, got "RUNNING" to "FAILED"',
    );
  });

  test("takes a new config, which is checked like the first", async () => {
    const names = await trades();
    const { terraform } = names.platform;
    const connector = await create(names);
    const change = (config: TerraformObject): TerraformObject => ({
      config_nonsensitive: names.planned(config)["config_nonsensitive"],
    });
    const updated = await terraform.update("connector", connector, change({ "tasks.max": "2" }));

    expect(updated).toEqual({ ...connector, ...change({ "tasks.max": "2" }) });
    expect(
      await terraform.refusal("update", "connector", {
        prior: updated,
        planned: { ...updated, ...change({ "tasks.max": "many" }) },
      }),
    ).toContain('error validating Connector config: "tasks.max" must be');
  });

  test.each<[string, (names: Trades) => Promise<void>, RegExp]>([
    [
      "its topic goes, which does not ask it",
      ({ platform, streams }) =>
        platform.terraform.delete(
          "kafka_topic",
          { id: `${platform.ids.cluster}/stock_trades`, topic_name: "stock_trades" },
          streams,
        ),
      /^Topic stock_trades does not exist/,
    ],
    [
      "a role of its account goes",
      async ({ platform: { terraform } }) => {
        const binding = terraform.world
          .inventory()
          .find(
            ({ name, crnPattern }) =>
              name === "DeveloperWrite" && String(crnPattern).includes("/topic="),
          );
        await terraform.delete("role_binding", { id: binding?.id ?? "" });
      },
      /may not Write .*topic=stock_trades;/,
    ],
    [
      "its account goes",
      ({ platform, account }) => platform.terraform.delete("service_account", { id: account }),
      /^"sa-\w+" does not exist$/,
    ],
  ])("fails when %s, and the next refresh tells", async (_case, change, trace) => {
    const names = await trades();
    const connector = await create(names);
    await change(names);

    expect(found(names)).toMatchObject({ status: "FAILED", trace: expect.stringMatching(trace) });
    expect(await names.platform.terraform.read("connector", connector)).toEqual({
      ...connector,
      status: "FAILED",
    });
  });

  test("that failed starts again when its config is sent again", async () => {
    const names = await trades();
    const { terraform, ids } = names.platform;
    const connector = await create(names);
    await terraform.delete(
      "kafka_topic",
      { id: `${ids.cluster}/stock_trades`, topic_name: "stock_trades" },
      names.streams,
    );
    await terraform.create("kafka_topic", planned.topic("stock_trades"), names.streams);
    const failed = (await terraform.read("connector", connector)) ?? {};
    expect(failed).toMatchObject({ status: "FAILED" });
    await terraform.update("connector", failed, {
      config_nonsensitive: names.planned({ "tasks.max": "2" })["config_nonsensitive"],
    });

    expect(found(names)).toMatchObject({ status: "RUNNING", trace: "" });
  });
});
