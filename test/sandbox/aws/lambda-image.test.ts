import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { AwsCall } from "./support/aws-client";
import {
  call,
  type FunctionRuntime,
  HANDLER,
  invoke,
  payloadOf,
  ROLE,
  startFunctionRuntime,
} from "./support/functions";

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(60_000);

let runtime: FunctionRuntime;

beforeAll(async () => {
  runtime = await startFunctionRuntime("0f9d4c9e-1111-4222-8333-444455558888");
}, 300_000);

afterAll(() => runtime.moto.stop());

const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/deployer";
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: { digest: "sha256:0", size: 0 },
  layers: [{ digest: "sha256:1", size: 0 }],
});

const createImage = (FunctionName: string, ImageUri: string): AwsCall =>
  call("lambda", "create_function", {
    FunctionName,
    Role: ROLE,
    PackageType: "Image",
    Code: { ImageUri },
  });

test("runs what was pushed, with the image's variables", async () => {
  const [, pushed] = await runtime.aws([
    call("ecr", "create_repository", { repositoryName: "team/deployer" }),
    call("ecr", "put_image", {
      repositoryName: "team/deployer",
      imageManifest: manifest,
      imageTag: "inputs-0123456789abcdef",
    }),
  ]);
  const { imageId } = pushed?.["image"] as { imageId: { imageDigest: string } };
  const digits = imageId.imageDigest.slice("sha256:".length);
  const content = join(runtime.directory, "images", digits);
  const uri = `${registry}@${imageId.imageDigest}`;
  const [made, absent] = await runtime.aws([
    createImage("image", uri),
    invoke("image", "variables"),
  ]);
  mkdirSync(join(content, "task"), { recursive: true });
  writeFileSync(join(content, "task", "handler.py"), HANDLER);
  const settings = {
    environment: { JAVA_HOME: "/opt/java", FLINK_LOG_DIR: "/tmp", ROOT: "/var/task/x" },
    command: ["handler.handle"],
  };
  writeFileSync(join(content, "image.json"), JSON.stringify(settings));

  expect(made).toMatchObject({
    CodeSha256: digits,
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/image" },
  });
  expect(made).not.toHaveProperty("ImageConfigResponse");
  expect(payloadOf(absent)).toMatchObject({
    errorMessage: expect.stringContaining(`the content of the image sha256:${digits} is not here`),
  });
  const [result] = await runtime.aws([invoke("image", "variables")]);
  expect(payloadOf(result)).toMatchObject({
    // The machine's own: a path in it is none of Lambda's file system.
    JAVA_HOME: "/tmp/java",
    FLINK_LOG_DIR: expect.stringMatching(/\/functions\/tmp\/image-\d+$/),
    ROOT: join(content, "task", "x"),
  });
});

test("must have been pushed, and is named by its digest", async () => {
  const unknown = `${registry}@sha256:${"0".repeat(64)}`;
  const refusals = await runtime.aws([
    createImage("unknown", unknown),
    createImage("tagged", `${registry}:latest`),
  ]);

  expect(refusals).toMatchObject([
    {
      Error: {
        Code: "InvalidParameterValueException",
        Message: `Source image ${unknown} does not exist. Provide a valid source image.`,
      },
    },
    { Error: { Message: expect.stringMatching(/^Source image .*:latest is not valid\./) } },
  ]);
});
