import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { AwsAccount } from "../../../constructs/aws/account";
import { ImageRepository } from "../../../constructs/aws/image-repository";
import { deployerImage, deployerZip } from "../../../constructs/patterns/flink-deployer/content";
import { readPipeline } from "../../../constructs/patterns/flink-deployer/pipeline";
import { synth, testStack } from "../../support/synth";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

/** A project as far as the deployer's function is made of it. */
const PROJECT = {
  "functions/flink-deployer/Dockerfile": "FROM base@sha256:0\n",
  "functions/flink-deployer/src/flink_deployer/handler.py": "def handle(event, context): ...\n",
  "functions/flink-deployer/src/flink_deployer/handler.pyc": "compiled",
  "functions/flink-deployer/tests/test_handler.py": "",
  "python/build.txt": "setuptools==1\n",
  "python/table-api.txt": "plugin==1\n",
  "python/test.txt": "pytest==1\n",
  "pipelines/one/pipeline.json":
    '{"sources":["a"],"sinks":{"b":{"columns":["c"],"state":"stateless"}}}',
  "pipelines/one/transform.py": "def transform(tables): ...\n",
  "pipelines/one/compiled/b.sql": "INSERT INTO b SELECT c FROM a\n",
  "pipelines/two/pipeline.json": "{}",
} as const;

const home = process.cwd();

afterEach(() => {
  process.chdir(home);
});

/** Makes a project the one in which the application runs. */
function enter(change: Readonly<Record<string, string>> = {}): void {
  const directory = temporaryDirectory();
  writeFiles(directory, { ...PROJECT, ...change });
  process.chdir(directory);
}

function tagOf(change?: Readonly<Record<string, string>>): unknown {
  enter(change);
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  const repository = new ImageRepository(stack, "Images", {
    account: new AwsAccount("123456789012", "us-east-1"),
    repositoryName: "images",
    functionPrefix: "lab-",
  });
  deployerImage(stack, "Image", repository);
  return Object.values(synth(stack).data?.["aws_ecr_image"] ?? {})[0]?.["image_tag"];
}

function hashOf(change?: Readonly<Record<string, string>>): unknown {
  enter(change);
  const stack = testStack();
  const code = deployerZip(stack, readPipeline(stack, "pipelines/one", "compiled"));
  return "zip" in code ? code.zip.sourceCodeHash : undefined;
}

test("H-16: an image is called after all that it is built of", () => {
  expect(tagOf()).toMatch(/^inputs-[0-9a-f]{16}$/);
  expect(tagOf()).toBe(tagOf());
});

test.each([
  "functions/flink-deployer/Dockerfile",
  "functions/flink-deployer/src/flink_deployer/handler.py",
  "functions/flink-deployer/src/flink_deployer/new.py",
  "python/build.txt",
  "python/table-api.txt",
  "pipelines/one/pipeline.json",
  "pipelines/one/transform.py",
  "pipelines/two/pipeline.json",
])("H-16, H-17: with another %s it is another image", (path) => {
  expect(tagOf({ [path]: "changed" })).not.toBe(tagOf());
});

test.each([
  "functions/flink-deployer/src/flink_deployer/handler.pyc",
  "functions/flink-deployer/tests/test_handler.py",
  "python/test.txt",
  "pipelines/one/compiled/b.sql",
  "pipelines/schemas/a.avsc",
])("with another %s it is the same image", (path) => {
  expect(tagOf({ [path]: "changed" })).toBe(tagOf());
});

test("an image without a part of its recipe has no name", () => {
  enter();
  const stack = testStack();
  process.chdir(temporaryDirectory());
  const repository = new ImageRepository(stack, "Images", {
    account: new AwsAccount("123456789012", "us-east-1"),
    repositoryName: "images",
    functionPrefix: "lab-",
  });
  expect(() => deployerImage(stack, "Image", repository)).toThrow(
    "test: functions/flink-deployer/Dockerfile cannot be read; name a file relative to the project's root: Error: ENOENT",
  );
});

test("an archive holds the deployer and its own pipeline, and is called by one name", () => {
  enter();
  const stack = testStack();
  expect(deployerZip(stack, readPipeline(stack, "pipelines/one", "compiled"))).toMatchObject({
    runtime: "python3.12",
    handler: "flink_deployer.handler.handle",
  });
});

test.each([
  ["functions/flink-deployer/src/flink_deployer/handler.py", true],
  ["pipelines/one/compiled/b.sql", true],
  ["pipelines/one/pipeline.json", true],
  ["pipelines/one/transform.py", false],
  ["pipelines/two/pipeline.json", false],
  ["functions/flink-deployer/tests/test_handler.py", false],
])("H-17: with another %s it is another archive: %s", (path, isOther) => {
  const text = `${PROJECT[path as keyof typeof PROJECT]} `;
  expect(hashOf({ [path]: text }) !== hashOf()).toBe(isOther);
});
