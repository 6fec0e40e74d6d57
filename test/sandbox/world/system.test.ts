import { text } from "../../../sandbox/world/values";
import { planned } from "./support/planned";
import { Platform } from "./support/platform";

const sql = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders -- big-orders-1";

test("a whole system with least-privilege roles comes up, reads back unchanged, and leaves nothing", async () => {
  const platform = await Platform.create();
  const { terraform, ids } = platform;

  const manager = await platform.account("streams-manager");
  for (const table of ["orders", "big_orders"]) {
    await platform.grant(manager, "DeveloperManage", platform.topicCrn(table));
    for (const role of ["DeveloperRead", "DeveloperWrite", "DeveloperManage"]) {
      await platform.grant(manager, role, platform.subjectCrn(`${table}-value`));
    }
  }
  const analyst = await platform.account("analyst");
  await platform.grant(analyst, "FlinkDeveloper", text(platform.environment, "resource_name"));
  await platform.grant(analyst, "DeveloperRead", platform.topicCrn("orders"));
  await platform.grant(analyst, "DeveloperRead", platform.subjectCrn("orders-value"));
  await platform.grant(analyst, "DeveloperWrite", platform.topicCrn("big_orders"));
  await platform.grant(analyst, "DeveloperRead", platform.subjectCrn("big_orders-value"));
  for (const role of ["DeveloperRead", "DeveloperWrite"]) {
    await platform.grant(
      analyst,
      role,
      platform.topicCrn("_confluent-flink_*", "transactional-id"),
    );
  }

  const streams = await platform.streams(manager);
  const topics = [];
  const schemas = [];
  for (const table of ["orders", "big_orders"]) {
    topics.push(await terraform.create("kafka_topic", planned.topic(table), streams));
    schemas.push(await terraform.create("schema", planned.schema(`${table}-value`), streams));
  }
  const flink = await platform.flink(analyst);
  const statement = await terraform.create(
    "flink_statement",
    planned.statement("big-orders-1", sql),
    flink,
  );

  for (const topic of topics) {
    expect(await terraform.read("kafka_topic", topic, streams)).toEqual(topic);
  }
  for (const schema of schemas) {
    expect(await terraform.read("schema", schema, streams)).toEqual(schema);
  }
  expect(await terraform.read("flink_statement", statement, flink)).toEqual(statement);
  expect(await terraform.read("kafka_cluster", platform.cluster)).toEqual(platform.cluster);
  expect(statement).toMatchObject({
    id: `${ids.environment}/${ids.pool}/big-orders-1`,
    stopped: false,
  });

  await terraform.delete("flink_statement", statement, flink);
  for (const schema of schemas) {
    await terraform.delete("schema", schema, streams);
  }
  for (const topic of topics) {
    await terraform.delete("kafka_topic", topic, streams);
  }
  await terraform.delete("service_account", { id: manager });
  await terraform.delete("service_account", { id: analyst });
  await terraform.delete("flink_compute_pool", platform.pool);
  await terraform.delete("kafka_cluster", platform.cluster);
  await terraform.delete("environment", platform.environment);

  expect(terraform.world.inventory()).toEqual([]);
});
