import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "../support/planned";
import { Platform } from "../support/platform";

const copy = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders";
const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** How long Terraform waits for a statement that it creates. */
const CREATION = 5;

interface Running {
  readonly platform: Platform;
  readonly streams: TerraformObject;
  readonly flink: TerraformObject;
  readonly statement: TerraformObject;
}

async function running(): Promise<Running> {
  const platform = await Platform.create();
  const administrator = await platform.administrator();
  const streams = await platform.streams(administrator);
  await platform.tables(streams, "orders", "big_orders");
  const flink = await platform.flink(administrator);
  const statement = await platform.terraform.create(
    "flink_statement",
    planned.statement("copy-1", copy),
    flink,
  );
  // From here on the time of the world is known: all waits of the set-up are over.
  platform.terraform.world.advanceClock(0);
  return { platform, streams, flink, statement };
}

function phaseOf({ platform }: Pick<Running, "platform">, name = "copy-1"): string {
  const found = platform.terraform.world
    .inventory()
    .find((item) => item.type === "confluent_flink_statement" && item.name === name);
  return String(found?.["phase"] ?? "absent");
}

test("a stopped statement says how far it read, and forgets that when it goes on", async () => {
  const { platform, flink, statement } = await running();
  const { terraform } = platform;
  terraform.world.advanceClock(HOUR);
  const stopped = await terraform.update("flink_statement", statement, { stopped: true }, flink);

  expect(stopped).toEqual({
    ...statement,
    stopped: true,
    latest_offsets: {
      orders: [0, 1, 2, 3, 4, 5].map((n) => `partition:${n},offset:0`).join(";"),
    },
    latest_offsets_timestamp: "2026-01-01T01:02:00Z",
  });
  expect(await terraform.read("flink_statement", stopped, flink)).toEqual(stopped);
  expect(await terraform.update("flink_statement", stopped, { stopped: false }, flink)).toEqual(
    statement,
  );
});

test("`stopped` is not sent when a statement is created", async () => {
  const { platform, flink } = await running();
  const statement = planned.statement("copy-2", copy, { stopped: true });

  expect(await platform.terraform.create("flink_statement", statement, flink)).toMatchObject({
    stopped: false,
  });
});

test("resuming moves the statement to the principal of the provider block", async () => {
  const { platform, flink, statement } = await running();
  const { terraform } = platform;
  const stopped = await terraform.update("flink_statement", statement, { stopped: true }, flink);
  const other = await platform.administrator("other");
  const change = { stopped: false };
  await terraform.update("flink_statement", stopped, change, await platform.flink(other));

  expect(terraform.world.inventory().find(({ name }) => name === "copy-1")).toMatchObject({
    principalId: other,
    phase: "RUNNING",
  });
});

test("resuming fails the statement when the principal may no longer read, and Terraform hears it", async () => {
  const { platform, flink, statement } = await running();
  const { terraform } = platform;
  const stopped = await terraform.update("flink_statement", statement, { stopped: true }, flink);
  const weak = await platform.account("weak");
  await platform.grant(weak, "FlinkDeveloper", text(platform.environment, "resource_name"));

  expect(
    await terraform.call("update", "flink_statement", {
      prior: stopped,
      planned: { ...stopped, stopped: false },
      configuration: await platform.flink(weak),
    }),
  ).toMatchObject({
    state: { stopped: false },
    diagnostics: [
      {
        summary:
          'error waiting for Flink Statement "copy-1" to update: Flink Statement "copy-1" provisioning status is "FAILED"',
      },
    ],
  });
});

test("sensitive properties change in Terraform only", async () => {
  const { platform, flink, statement } = await running();
  const change = { properties_sensitive: { "sql.secrets.key": "value" } };

  expect(await platform.terraform.update("flink_statement", statement, change, flink)).toEqual({
    ...statement,
    ...change,
  });
});

test("rows in the text end a statement, which cannot be stopped then", async () => {
  const names = await running();
  const { platform, flink } = names;
  const statement = await platform.terraform.create(
    "flink_statement",
    planned.statement("rows", "INSERT INTO orders VALUES (1, 2.0)"),
    flink,
  );

  expect(phaseOf(names, "rows")).toBe("COMPLETED");
  expect(
    await platform.terraform.refusal("update", "flink_statement", {
      prior: statement,
      planned: { ...statement, stopped: true },
      configuration: flink,
    }),
  ).toBe(
    "error stopping Flink Statement: error fetching Flink Statement: 409 Conflict: Statement rows is COMPLETED and cannot be stopped",
  );
});

test("a change of a table's options ends at once", async () => {
  const names = await running();
  await names.platform.terraform.create(
    "flink_statement",
    planned.statement("options", "ALTER TABLE `orders` SET ('error-handling.mode' = 'ignore');"),
    names.flink,
  );

  expect(phaseOf(names, "options")).toBe("COMPLETED");
});

describe("a running statement fails, unseen by Terraform,", () => {
  test("when a topic goes away", async () => {
    const names = await running();
    const { platform, streams, flink, statement } = names;
    await platform.terraform.delete(
      "kafka_topic",
      { id: `${platform.ids.cluster}/orders`, topic_name: "orders" },
      streams,
    );

    expect(phaseOf(names)).toBe("FAILED");
    expect(await platform.terraform.read("flink_statement", statement, flink)).toEqual(statement);
  });

  test("when its principal is deleted", async () => {
    const names = await running();
    const { terraform } = names.platform;
    const principal = terraform.world.inventory().find(({ name }) => name === "copy-1")?.[
      "principalId"
    ];
    await terraform.delete("service_account", { id: String(principal) });

    expect(phaseOf(names)).toBe("FAILED");
  });

  test("when a role is revoked", async () => {
    const names = await running();
    const { terraform } = names.platform;
    const binding = terraform.world.inventory().find(({ name }) => name === "EnvironmentAdmin");
    await terraform.delete("role_binding", { id: binding?.id ?? "" });

    expect(phaseOf(names)).toBe("FAILED");
  });
});

describe("a statement that carries offsets over", () => {
  const successor = planned.statement("copy-2", copy, {
    properties: {
      "sql.current-catalog": "streaming",
      "sql.current-database": "main",
      "sql.tables.initial-offset-from": "copy-1",
    },
  });

  test("waits for its predecessor to stop, and Terraform does not wait for that", async () => {
    const names = await running();
    const { platform, flink, statement } = names;
    await platform.terraform.create("flink_statement", successor, flink);
    expect(phaseOf(names, "copy-2")).toBe("PENDING");
    expect(
      platform.terraform.world.inventory().find(({ name }) => name === "copy-2")?.["detail"],
    ).toBe(
      "Statement is currently pending until referenced statement copy-1 is stopped. " +
        "If copy-1 is not stopped before 2026-01-01T06:02:00Z, this statement will fail.",
    );

    await platform.terraform.update("flink_statement", statement, { stopped: true }, flink);
    expect(phaseOf(names, "copy-2")).toBe("RUNNING");
  });

  test("begins at once after a predecessor that has stopped", async () => {
    const names = await running();
    const { platform, flink, statement } = names;
    await platform.terraform.update("flink_statement", statement, { stopped: true }, flink);
    await platform.terraform.create("flink_statement", successor, flink);

    expect(phaseOf(names, "copy-2")).toBe("RUNNING");
  });

  test("fails after six hours", async () => {
    const names = await running();
    await names.platform.terraform.create("flink_statement", successor, names.flink);

    names.platform.terraform.world.advanceClock(6 * HOUR - CREATION);
    expect(phaseOf(names, "copy-2")).toBe("PENDING");
    names.platform.terraform.world.advanceClock(1);
    expect(phaseOf(names, "copy-2")).toBe("FAILED");
  });

  test("can be stopped while it waits", async () => {
    const names = await running();
    const waiting = await names.platform.terraform.create(
      "flink_statement",
      successor,
      names.flink,
    );

    expect(
      await names.platform.terraform.update(
        "flink_statement",
        waiting,
        { stopped: true },
        names.flink,
      ),
    ).toMatchObject({ stopped: true });
  });

  test("fails without its predecessor", async () => {
    const { platform, flink, statement } = await running();
    await platform.terraform.delete("flink_statement", statement, flink);

    expect(
      await platform.terraform.refusal("create", "flink_statement", {
        planned: successor,
        configuration: flink,
      }),
    ).toContain("Referenced statement copy-1 does not exist.");
  });
});

test("one that was stopped is removed after thirty days, and Terraform would create it again", async () => {
  const { platform, flink, statement } = await running();
  const { terraform } = platform;
  const stopped = await terraform.update("flink_statement", statement, { stopped: true }, flink);

  terraform.world.advanceClock(30 * DAY - CREATION);
  expect(await terraform.read("flink_statement", stopped, flink)).toEqual(stopped);
  terraform.world.advanceClock(1);
  expect(await terraform.read("flink_statement", stopped, flink)).toBeNull();
  expect(
    await terraform.create("flink_statement", planned.statement("copy-1", copy), flink),
  ).toMatchObject({ stopped: false });
});

test("a clock that jumps finds the same as one that moves on step by step", async () => {
  const after = async (steps: readonly number[]): Promise<readonly unknown[]> => {
    const names = await running();
    const { terraform } = names.platform;
    await terraform.create(
      "flink_statement",
      planned.statement("copy-2", copy, {
        properties: {
          "sql.current-catalog": "streaming",
          "sql.current-database": "main",
          "sql.tables.initial-offset-from": "copy-1",
        },
      }),
      names.flink,
    );
    for (const seconds of steps) {
      terraform.world.advanceClock(seconds);
    }
    return terraform.world.inventory();
  };
  const days = Array.from({ length: 31 }, () => DAY);

  expect(await after([31 * DAY])).toEqual(await after(days));
});

test("a statement that ended is removed after thirty days, a running one is not", async () => {
  const names = await running();
  const { platform, flink, statement } = names;
  const { terraform } = platform;
  const ended = await terraform.create(
    "flink_statement",
    planned.statement("rows", "INSERT INTO orders VALUES (1, 2.0)"),
    flink,
  );

  terraform.world.advanceClock(30 * DAY - CREATION);
  expect(await terraform.read("flink_statement", ended, flink)).toEqual(ended);
  terraform.world.advanceClock(1);
  expect(await terraform.read("flink_statement", ended, flink)).toBeNull();
  expect(await terraform.read("flink_statement", statement, flink)).toEqual(statement);
});
