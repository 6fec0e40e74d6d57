import { FlinkStatement as FlinkStatementResource } from "@cdktf/provider-confluent/lib/flink-statement";
import type { FlinkStatementConfig } from "@cdktf/provider-confluent/lib/flink-statement";

import { copyAbove, Laboratory, oneLine, type Declaration } from "./support/laboratory";

jest.setTimeout(120_000);

/** A statement as somebody would write it who takes the provider at its word. */
function plain(change: Partial<FlinkStatementConfig>): Declaration {
  return ({ stack, access }) => {
    new FlinkStatementResource(stack, "Copy", {
      provider: access.provider,
      statementName: "copy-v1-plain",
      statement: copyAbove(1),
      properties: { "sql.current-catalog": "streaming", "sql.current-database": "main" },
      dependsOn: [
        ...access.grantRead({ name: "orders" }),
        ...access.grantWrite({ name: "big_orders" }),
      ],
      ...change,
    });
  };
}

let laboratory: Laboratory;

const open = async (change: Partial<FlinkStatementConfig>): Promise<void> => {
  laboratory = await Laboratory.open(plain(change), "orders", "big_orders");
  laboratory.synthesize();
};

afterEach(() => laboratory.close());

it("T-27: a key in the resource plans, and cannot be applied when it is rotated", async () => {
  await open({ credentials: { key: "first", secret: "first" } });
  await laboratory.deploy();
  laboratory.synthesize(plain({ credentials: { key: "second", secret: "second" } }));
  expect(await laboratory.isSettled()).toBe(false);
  expect(oneLine((await laboratory.apply()).stderr)).toContain("error updating Flink Statement");
});

it("T-20: other properties under the same name plan, and cannot be applied", async () => {
  await open({});
  await laboratory.deploy();
  const properties = {
    "sql.current-catalog": "streaming",
    "sql.current-database": "main",
    "sql.state-ttl": "1 d",
  };
  laboratory.synthesize(plain({ properties }));
  expect(await laboratory.isSettled()).toBe(false);
  expect(oneLine((await laboratory.apply()).stderr)).toContain("error updating Flink Statement");
});

it("T-28: a statement that is created as stopped runs", async () => {
  await open({ stopped: true });
  // The sandbox is stricter than Terraform, which lets the old SDK's providers break their word.
  expect(oneLine((await laboratory.apply()).stderr)).toContain(
    "changed confluent_flink_statement.stopped from what was planned",
  );
  expect(laboratory.statements).toEqual({ v1: "RUNNING" });
});
