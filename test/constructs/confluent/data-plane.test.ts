import { writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  FlinkStatement,
  type FlinkStatementProps,
} from "../../../constructs/confluent/flink-statement";
import {
  consumerSettings,
  producerSettings,
} from "../../../constructs/confluent/kafka-client-settings";
import { KafkaTopic, type KafkaTopicProps } from "../../../constructs/confluent/kafka-topic";
import { Subject } from "../../../constructs/confluent/subject";
import { DataSize } from "../../../constructs/core/data-size";
import { Duration } from "../../../constructs/core/duration";
import { streamsProvider } from "../../support/streaming";
import { resourcesOf, synth, testStack } from "../../support/synth";
import { temporaryDirectory } from "../../support/temporary-directory";

function file(name: string, content: string): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  return path;
}

describe("KafkaTopic", () => {
  const topic = (props: Partial<KafkaTopicProps> = {}, allowDataLoss = false) => {
    const stack = testStack({ allowDataLoss });
    new KafkaTopic(stack, "Orders", {
      streams: streamsProvider(stack),
      topicName: "orders",
      ...props,
    });
    return resourcesOf(synth(stack), "confluent_kafka_topic")[0];
  };
  const defaults = {
    provider: "confluent.streams",
    topic_name: "orders",
    partitions_count: 6,
    config: { "retention.ms": "604800000" },
    lifecycle: { prevent_destroy: true },
  };

  test("K-06: keeps records for a week in six partitions unless told otherwise", () => {
    expect(topic()).toEqual(defaults);
  });

  test("T-27, A-R4: holds no credentials: its provider alias does", () => {
    expect(Object.keys(topic() ?? {})).not.toContain("credentials");
  });

  test.each<[Partial<KafkaTopicProps>, object]>([
    [{ partitions: 1 }, { partitions_count: 1 }],
    [{ retention: Duration.hours(1) }, { config: { "retention.ms": "3600000" } }],
    [
      { retentionSize: DataSize.gibibytes(1) },
      { config: { "retention.ms": "604800000", "retention.bytes": "1073741824" } },
    ],
    [{ topicName: "a".repeat(249) }, { topic_name: "a".repeat(249) }],
  ])("a prop changes one thing: %#", (props, change) => {
    expect(topic(props)).toEqual({ ...defaults, ...change });
  });

  test("can be destroyed only where the environment allows it, too", () => {
    const protection = { protect: false, reason: "test" } as const;
    expect(topic({ protection })?.["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(topic({ protection }, true)?.["lifecycle"]).toEqual({ prevent_destroy: false });
  });

  test.each(["", ".", "..", "a b", "a/b", "ä", "a".repeat(250)])(
    "fails for the name %j",
    (topicName) => {
      expect(() => topic({ topicName })).toThrow(
        `test/Orders: topicName must be 1-249 letters, digits, ".", "_" or "-", and neither "." nor "..", got ${JSON.stringify(topicName)}`,
      );
    },
  );

  test.each([0, -1, 1.5, 1e21, Number.NaN])("fails for %d partitions", (partitions) => {
    expect(() => topic({ partitions })).toThrow(
      `test/Orders: partitions must be a whole number of at least 1, got ${partitions}`,
    );
  });
});

describe("Subject", () => {
  const subject = (schemaFile: string, part: "key" | "value") => {
    const stack = testStack();
    const streams = streamsProvider(stack);
    const topic = new KafkaTopic(stack, "Orders", { streams, topicName: "orders" });
    new Subject(topic, "Schema", { streams, topic, part, schemaFile });
    return resourcesOf(synth(stack), "confluent_schema");
  };

  test.each(["key", "value"] as const)("holds the file's schema on one line (%s)", (part) => {
    expect(subject(file("a.avsc", '{\n  "type":  "string"\n}\n'), part)).toEqual([
      {
        provider: "confluent.streams",
        subject_name: `orders-${part}`,
        format: "AVRO",
        schema: '{"type":"string"}',
        lifecycle: { prevent_destroy: true },
      },
    ]);
  });

  test("fails with the file's name when it holds no JSON", () => {
    const path = file("b.avsc", "record {}");
    expect(() => subject(path, "value")).toThrow(
      `test/Orders/Schema: ${path} must hold an Avro schema as JSON: SyntaxError`,
    );
  });

  test("fails with the file's name when there is none", () => {
    expect(() => subject("missing.avsc", "value")).toThrow(
      "test/Orders/Schema: missing.avsc cannot be read",
    );
  });
});

describe("FlinkStatement", () => {
  const SQL = "INSERT INTO b (x) SELECT x FROM a";
  const statement = (change: Partial<FlinkStatementProps> = {}, principalName = "runner") => {
    const stack = testStack();
    const provider = streamsProvider(stack);
    new FlinkStatement(stack, "Copy", {
      access: { provider, principalName, poolName: "pool" },
      statementName: "copy",
      sqlFile: file("copy.sql", SQL),
      catalog: "lab",
      database: "lab",
      ...change,
    });
    return resourcesOf(synth(stack), "confluent_flink_statement")[0] ?? {};
  };
  const name = "copy-c8d3c35ed8";

  test("T-27, T-18: names no key, principal or pool, and no table by look-up", () => {
    expect(statement()).toEqual({
      provider: "confluent.streams",
      statement_name: name,
      statement: `${SQL}\n-- ${name}`,
      properties: { "sql.current-catalog": "lab", "sql.current-database": "lab" },
    });
  });

  test("whitespace around the SQL is no change", () => {
    expect(statement({ sqlFile: file("copy.sql", `\n${SQL}\n\n`) })).toEqual(statement());
  });

  test.each<[string, Partial<FlinkStatementProps>, string]>([
    ["SQL", { sqlFile: file("copy.sql", `${SQL} WHERE x > 1`) }, "runner"],
    ["properties", { properties: { "sql.state-ttl": "1 d" } }, "runner"],
    ["catalog", { catalog: "other" }, "runner"],
    ["database", { database: "other" }, "runner"],
    ["principal", {}, "somebody else"],
  ])(
    "T-20: other %s make another name and another text, which Terraform replaces",
    (_what, change, principal) => {
      const changed = statement(change, principal);
      expect(changed["statement_name"]).toMatch(/^copy-[0-9a-f]{10}$/);
      expect(changed["statement_name"]).not.toBe(name);
      expect(changed["statement"]).toContain(`-- ${String(changed["statement_name"])}`);
    },
  );

  test("the order of properties is no change", () => {
    const one = { properties: { "sql.a": "1", "sql.b": "2" } };
    const other = { properties: { "sql.b": "2", "sql.a": "1" } };
    expect(statement(one)["statement_name"]).toBe(statement(other)["statement_name"]);
  });

  test("what looks like a Terraform template in SQL stays SQL", () => {
    const sqlFile = file("template.sql", `${SQL} WHERE x <> '\${a}' AND x <> '%{b}'`);
    expect(statement({ sqlFile })["statement"]).toContain("'$${a}' AND x <> '%%{b}'");
  });

  test.each(["", "A b", "ä", "a--b", "-a"])("fails for the name %j", (statementName) => {
    expect(() => statement({ statementName })).toThrow(
      `test/Copy: statementName must be lower-case words joined by "-", got ${JSON.stringify(statementName)}`,
    );
  });

  test("fails with the construct's and the file's path for SQL that breaks a rule", () => {
    const sqlFile = file("empty.sql", " \n");
    expect(() => statement({ sqlFile })).toThrow(
      `test/Copy: ${sqlFile} must hold a SQL statement, got an empty file`,
    );
  });

  test("fails when there is no file", () => {
    expect(() => statement({ sqlFile: "missing.sql" })).toThrow(
      "test/Copy: missing.sql cannot be read",
    );
  });

  test("fails when the text is longer than Confluent takes", () => {
    const sqlFile = file("long.sql", `${SQL} WHERE x = '${"x".repeat(131_072)}'`);
    expect(() => statement({ sqlFile })).toThrow(`${sqlFile} must be at most 130968 characters`);
  });
});

describe("client settings", () => {
  test("A-20 to A-29: a consumer's settings", () => {
    expect(consumerSettings({ offsetReset: "earliest" })).toEqual({
      "auto.commit.interval.ms": "1000",
      "auto.offset.reset": "earliest",
      "basic.auth.credentials.source": "USER_INFO",
      "client.dns.lookup": "use_all_dns_ips",
      "enable.auto.commit": "true",
      "max.poll.interval.ms": "300000",
      "request.timeout.ms": "60000",
      "sasl.mechanism": "PLAIN",
      "security.protocol": "SASL_SSL",
      "session.timeout.ms": "90000",
    });
  });

  test("A-30 to A-35, without A-36: a producer's settings", () => {
    expect(producerSettings()).toEqual({
      acks: "all",
      "client.dns.lookup": "use_all_dns_ips",
      "compression.type": "gzip",
      "sasl.mechanism": "PLAIN",
      "security.protocol": "SASL_SSL",
      "transaction.timeout.ms": "60000",
    });
  });

  test("each can be chosen", () => {
    const second = Duration.seconds(1);
    expect(
      consumerSettings({
        offsetReset: "latest",
        autoCommitInterval: Duration.seconds(2),
        maxPollInterval: Duration.seconds(3),
        requestTimeout: Duration.seconds(4),
        sessionTimeout: Duration.seconds(5),
      }),
    ).toMatchObject({
      "auto.offset.reset": "latest",
      "auto.commit.interval.ms": "2000",
      "max.poll.interval.ms": "3000",
      "request.timeout.ms": "4000",
      "session.timeout.ms": "5000",
    });
    expect(producerSettings({ compression: "zstd", transactionTimeout: second })).toMatchObject({
      "compression.type": "zstd",
      "transaction.timeout.ms": "1000",
    });
  });
});
