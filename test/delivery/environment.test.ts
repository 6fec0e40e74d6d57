import { requireEnvironment } from "../../delivery/environment";
import { Manifest } from "../../delivery/manifest";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

function manifestOf(...names: readonly string[]): Manifest {
  const stacks = names.map((name) => [
    name,
    { workingDirectory: name, synthesizedStackPath: `${name}/cdk.tf.json`, dependencies: [] },
  ]);
  const directory = temporaryDirectory();
  writeFiles(directory, {
    "manifest.json": JSON.stringify({ stacks: Object.fromEntries(stacks) as unknown }),
  });
  return Manifest.read(directory);
}

test("stacks of the environment that is meant pass", () => {
  const manifest = manifestOf("lakehouse-dev-platform", "lakehouse-dev-streams");
  expect(() => {
    requireEnvironment(manifest, { DEPLOY_ENVIRONMENT: "dev" });
  }).not.toThrow();
});

test.each([{}, { DEPLOY_ENVIRONMENT: "" }])(
  "fails when no environment is meant: %j",
  (environment) => {
    const manifest = manifestOf("lakehouse-dev-platform");
    expect(() => {
      requireEnvironment(manifest, environment);
    }).toThrow(
      `DEPLOY_ENVIRONMENT is not set; set it to the environment of lakehouse-dev-platform, which ${manifest.directory} holds`,
    );
  },
);

test.each(["dev", "pro", "lakehouse-dev"])(
  "fails when %s is meant and prod was synthesized",
  (meant) => {
    const manifest = manifestOf("lakehouse-prod-platform");
    expect(() => {
      requireEnvironment(manifest, { DEPLOY_ENVIRONMENT: meant });
    }).toThrow(
      `${manifest.directory} holds lakehouse-prod-platform, which DEPLOY_ENVIRONMENT=${meant} does not mean: synthesize again, or set the variable to the environment that you mean`,
    );
  },
);
