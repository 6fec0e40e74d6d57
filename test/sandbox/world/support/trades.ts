import type { TerraformObject } from "../../../../sandbox/world/values";
import { planned } from "./planned";
import { Platform } from "./platform";

/** A topic, and an account for a connector that fills it. */
export interface Trades {
  readonly platform: Platform;
  readonly streams: TerraformObject;
  readonly account: string;
  /** The connector with changed settings. */
  readonly planned: (config?: TerraformObject, more?: TerraformObject) => TerraformObject;
}

/** Roles and what they are on. */
export const needed = [
  ["DeveloperWrite", "topic"],
  ["DeveloperRead", "subject"],
  ["DeveloperWrite", "subject"],
] as const;

/** The topic, and an account that may write to it. */
export async function trades(
  grants: readonly (readonly [string, string])[] = needed,
): Promise<Trades> {
  const platform = await Platform.create();
  const streams = await platform.streams(await platform.administrator());
  await platform.terraform.create("kafka_topic", planned.topic("stock_trades"), streams);
  const account = await platform.account("connector");
  for (const [role, on] of grants) {
    const crn =
      on === "topic"
        ? platform.topicCrn("stock_trades")
        : platform.subjectCrn("stock_trades-value");
    await platform.grant(account, role, crn);
  }
  return {
    platform,
    streams,
    account,
    planned: (config = {}, more = {}) =>
      planned.connector(platform.ids, { "kafka.service.account.id": account, ...config }, more),
  };
}

/** The connector as the inventory has it. */
export function found({ platform }: Pick<Trades, "platform">): unknown {
  return platform.terraform.world.inventory().find(({ type }) => type === "confluent_connector");
}

/** Creates the connector, which must run. */
export function create(
  { platform, planned: plan }: Trades,
  ...change: readonly TerraformObject[]
): Promise<TerraformObject> {
  return platform.terraform.create("connector", plan(...change));
}
