import { text } from "../../../../sandbox/world/values";
import { analytics, copy, failureOf, run, waiting } from "../support/analytics";
import { planned } from "../support/planned";
import { type Platform } from "../support/platform";

describe("submitting", () => {
  async function submitter(
    platform: Platform,
    ...grants: readonly (readonly [string, string])[]
  ): Promise<string> {
    const id = await platform.account("submitter");
    for (const [role, crn] of grants) {
      await platform.grant(id, role, crn);
    }
    return id;
  }

  const rolesOn: Record<string, (platform: Platform) => string> = {
    "the environment": ({ environment }) => text(environment, "resource_name"),
    "the pool": ({ pool }) => text(pool, "resource_name"),
    "the organization": ({ organization }) => text(organization, "resource_name"),
  };

  test.each([
    ["FlinkDeveloper", "the environment"],
    ["FlinkDeveloper", "the pool"],
    ["FlinkDeveloper", "the organization"],
    ["FlinkAdmin", "the environment"],
  ])("%s on %s may submit for a principal that it is Assigner of", async (role, where) => {
    const { platform, administrator } = await analytics();
    const assigner = `${text(platform.organization, "resource_name")}/service-account=${administrator}`;
    const id = await submitter(
      platform,
      [role, rolesOn[where]?.(platform) ?? ""],
      ["Assigner", assigner],
    );

    expect(
      await platform.terraform.create(
        "flink_statement",
        planned.statement("copy-1", copy),
        await platform.flink(id, administrator),
      ),
    ).toMatchObject({ stopped: false });
  });

  test("fails without a Flink role", async () => {
    const { platform } = await analytics();
    const id = await submitter(platform);

    expect(
      await platform.terraform.refusal("create", "flink_statement", {
        planned: planned.statement("copy-1", copy),
        configuration: await platform.flink(id),
      }),
    ).toBe(
      'error creating Flink Statement "": 403 Forbidden: Forbidden Access\n' +
        `${id} may not Create ${text(platform.pool, "resource_name")}/statement=copy-1; ` +
        "roles that allow it: OrganizationAdmin, EnvironmentAdmin, FlinkAdmin, FlinkDeveloper",
    );
  });

  test("fails for another principal without Assigner on it", async () => {
    const { platform, administrator } = await analytics();
    const id = await submitter(platform, [
      "FlinkDeveloper",
      text(platform.environment, "resource_name"),
    ]);

    expect(
      await platform.terraform.refusal("create", "flink_statement", {
        planned: planned.statement("copy-1", copy),
        configuration: await platform.flink(id, administrator),
      }),
    ).toBe(
      'error creating Flink Statement "": 403 Forbidden: Forbidden Access\n' +
        `${id} may not Assign ${text(platform.organization, "resource_name")}/service-account=${administrator}; ` +
        "roles that allow it: OrganizationAdmin, Assigner",
    );
  });

  test("a statement that the key may not see reads as gone; changing and deleting it fails", async () => {
    const { platform, flink } = await analytics();
    const { terraform } = platform;
    const prior = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );
    const configuration = await platform.flink(await submitter(platform));

    expect(await terraform.read("flink_statement", prior, configuration)).toBeNull();
    expect(
      await terraform.refusal("delete", "flink_statement", { prior, configuration }),
    ).toContain('error deleting Flink Statement "copy-1": 403 Forbidden: Forbidden Access');
    expect(
      await terraform.refusal("update", "flink_statement", {
        prior,
        planned: { ...prior, stopped: true },
        configuration,
      }),
    ).toContain(
      "error stopping Flink Statement: error fetching Flink Statement: 403 Forbidden: Forbidden Access",
    );
  });

  test("a key that no longer exists is an error, also when reading", async () => {
    const { platform, flink } = await analytics();
    const { terraform } = platform;
    const state = await terraform.create(
      "flink_statement",
      planned.statement("copy-1", copy),
      flink,
    );
    await terraform.delete("api_key", { id: text(flink, "flink_api_key") });

    expect(
      await terraform.refusal("read", "flink_statement", { state, configuration: flink }),
    ).toContain(
      `error reading Flink Statement "${text(state, "id")}": 401 Unauthorized: Unauthorized`,
    );
  });
});

describe("the principal's permissions", () => {
  const needed = [
    ["DeveloperRead", "topic orders"],
    ["DeveloperRead", "subject orders-value"],
    ["DeveloperWrite", "topic big_orders"],
    ["DeveloperRead", "subject big_orders-value"],
    ["DeveloperRead", "transactional-id _confluent-flink_*"],
    ["DeveloperWrite", "transactional-id _confluent-flink_*"],
  ] as const;

  async function principalWith(
    platform: Platform,
    grants: readonly (readonly [string, string])[],
  ): Promise<string> {
    const id = await platform.account("runner");
    await platform.grant(id, "FlinkDeveloper", text(platform.environment, "resource_name"));
    for (const [role, resource] of grants) {
      const [type = "", name = ""] = resource.split(" ");
      const crn = type === "subject" ? platform.subjectCrn(name) : platform.topicCrn(name, type);
      await platform.grant(id, role, crn);
    }
    return id;
  }

  test("the documented ones are enough", async () => {
    const { platform } = await analytics();
    const id = await principalWith(platform, needed);

    expect(await run({ platform, flink: await platform.flink(id) }, copy)).toMatchObject({
      stopped: false,
    });
  });

  test.each<[number, string, string]>([
    [0, "Table 'orders' cannot be read", "Read T/topic=orders"],
    [1, "Table 'orders' cannot be read", "Read S/subject=orders-value"],
    [2, "Table 'big_orders' cannot be written", "Write T/topic=big_orders"],
    [3, "Table 'big_orders' cannot be written", "Read S/subject=big_orders-value"],
    [4, "Table 'big_orders' cannot be written", "Read T/transactional-id=_confluent-flink_failing"],
    [
      5,
      "Table 'big_orders' cannot be written",
      "Write T/transactional-id=_confluent-flink_failing",
    ],
  ])("without number %d the statement fails: %s, %s", async (left, wrong, missing) => {
    const { platform } = await analytics();
    const id = await principalWith(
      platform,
      needed.filter((_grant, index) => index !== left),
    );
    const full = missing
      .replace("T", platform.topicCrn("").replace("/topic=", ""))
      .replace("S", text(platform.registry, "resource_name"));
    const failure = await failureOf({ platform, flink: await platform.flink(id) }, copy);

    expect(failure).toContain(`${waiting}${wrong}: ${id} may not ${full}; roles that allow it: `);
    expect(failure.match(/may not/g)).toHaveLength(1);
  });

  test("a key schema is one more subject to read", async () => {
    const { platform, streams } = await analytics();
    await platform.terraform.create("schema", planned.schema("orders-key", '"long"'), streams);
    const id = await principalWith(platform, needed);

    expect(await failureOf({ platform, flink: await platform.flink(id) }, copy)).toContain(
      `${id} may not Read ${platform.subjectCrn("orders-key")}`,
    );
  });

  test("a query without a sink needs no transactions", async () => {
    const { platform } = await analytics();
    const id = await principalWith(platform, needed.slice(0, 2));

    expect(
      await run({ platform, flink: await platform.flink(id) }, "SELECT * FROM orders"),
    ).toMatchObject({ stopped: false });
  });
});
