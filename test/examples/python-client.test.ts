import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { SecretDocument } from "../../constructs/aws/secret-document";
import {
  consumerSettings,
  producerSettings,
} from "../../constructs/confluent/kafka-client-settings";
import { ResourceNames } from "../../constructs/core/naming";
import {
  kafkaPythonDocument,
  schemaRegistryDocument,
  type ApplicationIdentity,
} from "../../constructs/patterns/secret-documents";
import { startMoto, type Moto } from "../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../sandbox/aws/moto-environment";
import { SandboxDirectory } from "../../sandbox/run/directories";
import { callAws } from "../sandbox/aws/call-aws";
import { temporaryDirectory } from "../support/temporary-directory";

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(120_000);

const names = new ResourceNames("lakehouse", "sandbox");

let python: string;
let moto: Moto;

// The environment is the sandbox's own: the first run on a machine fills it from the package registry.
beforeAll(async () => {
  python = await ensureMotoEnvironment(new SandboxDirectory().python);
  const log = join(temporaryDirectory(), "moto.log");
  moto = await startMoto({ python, nonce: "client", seed: "client", log });
}, 300_000);

afterAll(() => moto.stop());

/** Runs a module of the client as a person would, in its folder. */
async function run(
  ...parameters: readonly string[]
): Promise<{ code: number; output: string; errors: string }> {
  const program = spawn(python, ["-s", "-m", ...parameters], {
    cwd: "examples/python-client",
    env: {
      PATH: process.env["PATH"],
      PYTHONDONTWRITEBYTECODE: "1",
      AWS_ENDPOINT_URL: moto.url,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
    },
  });
  const [output, errors, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, "close") as Promise<[number]>,
  ]);
  return { code, output, errors };
}

/** Writes a secret with every field of its document: each has its own name as its value. */
async function publish({ path, publicFields, secretFields }: SecretDocument): Promise<void> {
  const value = Object.fromEntries([
    ...publicFields.map((field) => [field, `public ${field}`]),
    ...secretFields.map((field) => [field, `hidden ${field}`]),
  ]);
  const created = await callAws(moto.url, "secretsmanager", "CreateSecret", {
    Name: names.path(...path),
    SecretString: JSON.stringify(value),
    ClientRequestToken: "00000000-0000-0000-0000-000000000000",
  });
  expect(created.status).toBe(200);
}

async function publishSettings(
  path: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const put = { Name: `${names.path(path)}/${name}`, Value: value, Type: "String" };
    expect((await callAws(moto.url, "ssm", "PutParameter", put)).status).toBe(200);
  }
}

const CONFIGURATION = ["lakehouse_client.configuration", "--system", "lakehouse"];

test("says in a sentence what is not published yet", async () => {
  expect(await run(...CONFIGURATION, "--environment", "sandbox")).toEqual({
    code: 1,
    output: "",
    errors:
      "there is no parameter below /confluent_cloud_resource/lakehouse-sandbox/producer_kafka_client: deploy streaming-platform, or correct --system, --environment and the AWS account and region that are used\n",
  });
});

test("K-09, K-10: finds every setting and field that the stacks publish, and shows no secret", async () => {
  for (const identity of ["app_producer", "app_consumer"] satisfies ApplicationIdentity[]) {
    await publish(kafkaPythonDocument(identity));
    await publish(schemaRegistryDocument(identity, "python_client"));
  }
  await publishSettings("consumer_kafka_client", {
    ...consumerSettings({ offsetReset: "earliest" }),
    "eleventh.setting": "a,b",
  });
  await publishSettings("producer_kafka_client", producerSettings());

  const { code, output, errors } = await run(...CONFIGURATION, "--environment", "sandbox");

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).not.toContain("hidden");
  const kafka: Record<string, string> = { ...consumerSettings({ offsetReset: "earliest" }) };
  const { "request.timeout.ms": timeout } = kafka;
  delete kafka["request.timeout.ms"];
  delete kafka["basic.auth.credentials.source"];
  const key = {
    "bootstrap.servers": "public bootstrap.servers",
    "sasl.username": "public sasl.username",
    "sasl.password": "********",
  };
  const registry = { url: "public schema.registry.url", "basic.auth.user.info": "********" };
  expect(JSON.parse(output)).toEqual({
    producer: { kafka: { ...producerSettings(), ...key }, "schema.registry": registry },
    consumer: {
      kafka: {
        ...kafka,
        ...key,
        "socket.timeout.ms": timeout,
        "eleventh.setting": "a,b",
        "group.id": "lakehouse-sandbox-example",
      },
      "schema.registry": registry,
    },
  });
});

test("its own tests pass, as far as they need no Kafka library", async () => {
  const { code, errors } = await run("unittest", "discover", "-s", "tests", "-t", ".");
  expect({ code, errors }).toEqual({ code: 0, errors: expect.stringMatching(/^OK$/m) });
  expect(Number(/^Ran (\d+) tests/m.exec(errors)?.[1])).toBeGreaterThan(20);
});
