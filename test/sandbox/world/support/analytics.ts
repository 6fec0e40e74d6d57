import { text, type TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "./planned";
import { Platform } from "./platform";

export const copy =
  "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders WHERE amount > 100";

export interface Analytics {
  readonly platform: Platform;
  /** Provider block of the account that submits and runs statements. */
  readonly flink: TerraformObject;
  readonly streams: TerraformObject;
  readonly administrator: string;
}

/** The tables `orders` and `big_orders`, and an administrator's Flink access. */
export async function analytics(): Promise<Analytics> {
  const platform = await Platform.create();
  const administrator = await platform.administrator();
  const streams = await platform.streams(administrator);
  await platform.tables(streams, "orders", "big_orders");
  return { platform, administrator, streams, flink: await platform.flink(administrator) };
}

/** What a statement of the text fails with. */
export async function failureOf(
  { platform, flink }: Pick<Analytics, "platform" | "flink">,
  sql: string,
  more: TerraformObject = {},
): Promise<string> {
  const { state, diagnostics } = await platform.terraform.call("create", "flink_statement", {
    planned: planned.statement("failing", sql, more),
    configuration: flink,
  });
  if (text(state ?? {}, "statement_name") !== "failing") {
    throw new Error(`a statement that fails is kept, got ${JSON.stringify(state)}`);
  }
  return diagnostics.map(({ summary }) => summary).join("\n");
}

export const waiting =
  'error waiting for Flink Statement "failing" to provision: Flink Statement "failing" provisioning status is "FAILED": ';

/** The state of a statement of the text, which must start. */
export function run(
  { platform, flink }: Pick<Analytics, "platform" | "flink">,
  sql: string,
  more: TerraformObject = {},
): Promise<TerraformObject> {
  return platform.terraform.create(
    "flink_statement",
    planned.statement("running", sql, more),
    flink,
  );
}
