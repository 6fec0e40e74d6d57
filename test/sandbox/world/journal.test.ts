import { readFileSync } from "node:fs";

import { Journal } from "../../../sandbox/world/journal";
import { redact } from "../../../sandbox/world/redaction";
import { text } from "../../../sandbox/world/values";
import { planned } from "./support/planned";
import { Platform } from "./support/platform";
import { Terraform } from "./support/terraform";

test("every call is one line, refused ones and configuration among them", async () => {
  const terraform = new Terraform();
  await terraform.call("configure", "", {});
  await terraform.create("service_account", planned.serviceAccount("writer"));
  await terraform.refusal("create", "service_account", {
    planned: planned.serviceAccount("writer"),
  });
  const lines = readFileSync(terraform.journalFile, "utf8").trimEnd().split("\n");

  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ call: 1, operation: "configure", outcome: "ok" }),
    expect.objectContaining({
      call: 2,
      operation: "create",
      type: "confluent_service_account",
      name: "writer",
      outcome: "ok",
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      milliseconds: expect.any(Number),
      response: expect.objectContaining({ diagnostics: [] }),
    }),
    expect.objectContaining({ call: 3, outcome: "error" }),
  ]);
});

test("the count goes on after a restart", async () => {
  const terraform = new Terraform();
  await terraform.call("configure", "", {});
  await terraform.call("configure", "", {});
  const resumed = new Journal(terraform.journalFile);

  expect(resumed.calls).toBe(2);
  resumed.append({});
  expect(resumed.calls).toBe(3);
});

test("it holds no secret, however a key is used", async () => {
  const platform = await Platform.create();
  const { terraform } = platform;
  const administrator = await platform.administrator();
  const streams = await platform.streams(administrator);
  await platform.tables(streams, "orders");
  const flink = await platform.flink(administrator);
  const secret = text(flink, "flink_api_secret");
  await terraform.create(
    "flink_statement",
    planned.statement("leaky", `SELECT '${secret}' AS x FROM orders`, {
      properties: {
        "sql.current-catalog": "streaming",
        "sql.current-database": "main",
        [`client.${secret}`]: "name",
        "sql.secrets.openai": "hush-1",
      },
      properties_sensitive: { "sql.secrets.other": "hush-2" },
    }),
    flink,
  );
  await terraform.create(
    "kafka_topic",
    planned.topic("own", {
      credentials: [
        { key: text(streams, "kafka_api_key"), secret: text(streams, "kafka_api_secret") },
      ],
    }),
    {
      ...streams,
      oauth: [{ oauth_external_access_token: "hush-3", oauth_external_client_secret: "hush-4" }],
    },
  );
  const key = text(streams, "kafka_api_key");
  await terraform.delete("api_key", { id: key, secret: text(streams, "kafka_api_secret") });
  const journal = readFileSync(terraform.journalFile, "utf8");

  for (const hidden of [
    secret,
    text(streams, "kafka_api_secret"),
    text(streams, "schema_registry_api_secret"),
    "hush-",
  ]) {
    expect(journal).not.toContain(hidden);
  }
  expect(journal).toContain(key);
  expect(journal).toContain('"kafka_api_secret":"(sensitive)"');
});

test("what is not secret stays as it is", () => {
  const entry = {
    secret_id: "arn:secret",
    tokens: 3,
    secrets: ["a"],
    credentials: [],
    secret: null,
    password: "x",
  };

  expect(redact(entry, [])).toEqual({
    ...entry,
    credentials: "(sensitive)",
    password: "(sensitive)",
  });
});
