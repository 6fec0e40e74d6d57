import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { analytics, copy, failureOf, run, waiting, type Analytics } from "../support/analytics";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";
import { Terraform } from "../support/terraform";

const unwaited = { disable_wait_for_ready: true };

/** Grants an account all that {@link copy} needs; the binding on the topic that it reads is the test's own. */
async function runner(
  { platform }: Analytics,
  readOrders: (id: string) => Promise<unknown>,
): Promise<TerraformObject> {
  const id = await platform.account("runner");
  const rest: readonly (readonly [string, string])[] = [
    ["FlinkDeveloper", text(platform.environment, "resource_name")],
    ["DeveloperRead", platform.subjectCrn("orders-value")],
    ["DeveloperWrite", platform.topicCrn("big_orders")],
    ["DeveloperRead", platform.subjectCrn("big_orders-value")],
    ["DeveloperRead", platform.topicCrn("_confluent-flink_*", "transactional-id")],
    ["DeveloperWrite", platform.topicCrn("_confluent-flink_*", "transactional-id")],
  ];
  await readOrders(id);
  for (const [role, crn] of rest) {
    await platform.grant(id, role, crn);
  }
  return platform.flink(id);
}

function grantUnwaited(platform: Platform, id: string): Promise<TerraformObject> {
  return platform.terraform.create("role_binding", {
    ...planned.roleBinding(id, "DeveloperRead", platform.topicCrn("orders")),
    ...unwaited,
  });
}

describe("a role binding", () => {
  test("counts for a statement that comes after the provider's wait", async () => {
    const names = await analytics();
    const { platform } = names;
    const flink = await runner(names, (id) =>
      platform.grant(id, "DeveloperRead", platform.topicCrn("orders")),
    );

    expect(await run({ platform, flink }, copy)).toMatchObject({ stopped: false });
  });

  test("does not count yet without it, whatever others have waited for", async () => {
    const names = await analytics();
    const { platform } = names;
    let binding: TerraformObject = {};
    let account = "";
    const flink = await runner(names, async (id) => {
      account = id;
      binding = await grantUnwaited(platform, id);
    });

    expect(await failureOf({ platform, flink }, copy)).toBe(
      `${waiting}Table 'orders' cannot be read: ${account} may not Read ${platform.topicCrn("orders")} yet; ` +
        `${text(binding, "id")} (DeveloperRead) allows it from 2026-01-01T00:01:00Z on.`,
    );
  });

  test("counts a minute after its creation", async () => {
    const names = await analytics();
    const { platform } = names;
    const { world } = platform.terraform;
    world.advanceClock(0);
    const flink = await runner(names, (id) => grantUnwaited(platform, id));
    const [binding] = world.inventory().filter(({ name }) => name === "FlinkDeveloper");

    expect(binding).toBeDefined();
    expect(await failureOf({ platform, flink }, copy)).toContain(
      "allows it from 2026-01-01T00:03:00Z on",
    );
    world.advanceClock(60);
    expect(await run({ platform, flink }, copy)).toMatchObject({ stopped: false });
  });

  test("ends at once", async () => {
    const names = await analytics();
    const { platform } = names;
    let binding: TerraformObject = {};
    const flink = await runner(names, async (id) => {
      binding = await platform.grant(id, "DeveloperRead", platform.topicCrn("orders"));
    });
    await platform.terraform.delete("role_binding", binding);

    expect(await failureOf({ platform, flink }, copy)).toContain("Table 'orders' cannot be read");
  });
});

describe("an API key", () => {
  async function topicWith(key: TerraformObject): Promise<{
    create: () => Promise<readonly string[]>;
    platform: Platform;
  }> {
    const platform = await Platform.create();
    const streams = await platform.streams(await platform.administrator());
    const owner = await platform.administrator("second");
    const created = await platform.terraform.create("api_key", {
      ...planned.apiKey(owner, {
        id: platform.ids.cluster,
        api_version: "cmk/v2",
        kind: "Cluster",
        environmentId: platform.ids.environment,
      }),
      ...key,
    });
    const configuration = {
      ...streams,
      kafka_api_key: text(created, "id"),
      kafka_api_secret: text(created, "secret"),
    };
    const create = async (): Promise<readonly string[]> => {
      const { diagnostics } = await platform.terraform.call("create", "kafka_topic", {
        planned: planned.topic("t"),
        configuration,
      });
      return diagnostics.map(({ summary, detail = "" }) =>
        `${summary} ${detail}`.replaceAll(text(created, "id"), "KEY"),
      );
    };
    return { create, platform };
  }

  test("opens after the provider's wait", async () => {
    const { create } = await topicWith({});

    expect(await create()).toEqual([]);
  });

  test("is refused without it until half a minute has passed", async () => {
    const { create, platform } = await topicWith(unwaited);

    expect(await create()).toEqual([
      'error creating Kafka Topic: 401 Unauthorized: Unauthorized API key "KEY" ' +
        `opens ${platform.ids.cluster} from 2026-01-01T00:00:30Z on`,
    ]);
    platform.terraform.world.advanceClock(0);
    expect(await create()).toEqual([]);
  });
});

describe("the provider's waits", () => {
  /** What the world's clock shows more after the call. */
  async function waited(
    make: (platform: Platform, account: string) => Promise<unknown>,
  ): Promise<number> {
    const platform = await Platform.create();
    const account = await platform.account("a");
    const { world } = platform.terraform;
    const before = Date.parse(world.advanceClock(0));
    await make(platform, account);
    return (Date.parse(world.time) - before) / 1000;
  }

  const key = (id: string, api_version: string, kind = "Cluster") => ({ id, api_version, kind });

  test.each<[string, number, Parameters<typeof waited>[0]]>([
    [
      "a role binding",
      90,
      (platform, a) => platform.grant(a, "DeveloperRead", platform.topicCrn("t")),
    ],
    ["a role binding that is not waited for", 0, grantUnwaited],
    ["a Kafka key", 120, (platform, a) => platform.key(a, "cluster")],
    ["a Schema Registry key", 60, (platform, a) => platform.key(a, "registry")],
    ["a Flink key", 60, (platform, a) => platform.key(a, "region")],
    [
      "a Tableflow key",
      40,
      ({ terraform, ids }, a) =>
        terraform.create(
          "api_key",
          planned.apiKey(a, {
            ...key("tableflow", "tableflow/v1", "Tableflow"),
            environmentId: ids.environment,
          }),
        ),
    ],
    ["a cloud key", 15, ({ terraform }, a) => terraform.create("api_key", planned.apiKey(a))],
    [
      "a key that is not waited for",
      0,
      ({ terraform }, a) => terraform.create("api_key", { ...planned.apiKey(a), ...unwaited }),
    ],
    ["an account", 0, (platform) => platform.account("b")],
  ])("are seen on the clock: %s takes %d seconds", async (_case, seconds, make) => {
    expect(await waited(make)).toBe(seconds);
  });

  test("of calls that fail there are none", async () => {
    const terraform = new Terraform();
    await terraform.refusal("create", "role_binding", {
      planned: planned.roleBinding("sa-none", "DeveloperRead", "crn://confluent.cloud/x"),
    });

    expect(terraform.world.time).toBe("2026-01-01T00:00:00Z");
  });

  test("give the same states and the same time in whatever order parallel calls come", async () => {
    const times = async (
      order: (calls: (() => Promise<unknown>)[]) => (() => Promise<unknown>)[],
    ) => {
      const names = await analytics();
      const { platform, flink, streams } = names;
      const statement = await run(names, copy);
      const account = await platform.account("another");
      let stopped: unknown;
      const calls = [
        () => platform.grant(account, "DeveloperRead", platform.topicCrn("orders")),
        () => platform.key(account, "cluster"),
        () => platform.terraform.create("kafka_topic", planned.topic("t"), streams),
        async () => {
          stopped = await platform.terraform.update(
            "flink_statement",
            statement,
            { stopped: true },
            flink,
          );
        },
      ];
      platform.terraform.world.advanceClock(3600);
      for (const call of order(calls)) {
        await call();
      }
      return { stopped, time: platform.terraform.world.time };
    };
    const inOrder = await times((calls) => calls);

    expect(inOrder).toMatchObject({
      stopped: { latest_offsets_timestamp: "2026-01-01T01:02:00Z" },
      time: "2026-01-01T01:04:00Z",
    });
    expect(await times((calls) => calls.toReversed())).toEqual(inOrder);
  });
});
