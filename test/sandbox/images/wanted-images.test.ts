import { join } from "node:path";

import type { SynthesizedStack } from "../../../delivery/manifest";
import { wantedImages } from "../../../sandbox/images/wanted-images";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

function stack(name: string, configuration: unknown): SynthesizedStack {
  const directory = temporaryDirectory();
  writeFiles(directory, { "cdk.tf.json": JSON.stringify(configuration) });
  return {
    name: `lakehouse-sandbox-${name}`,
    shortName: name,
    directory,
    configurationFile: join(directory, "cdk.tf.json"),
    dependencies: [],
  };
}

const repository = (name: string): unknown => ({
  resource: { aws_ecr_repository: { Resource: { name } } },
});

const reader = (...tags: readonly string[]): unknown => ({
  data: {
    aws_ecr_image: Object.fromEntries(tags.map((image_tag) => [image_tag, { image_tag }])),
  },
});

test("images are those that stacks look up, in the repository that one of them makes", () => {
  const owner = stack("foundation", repository("team/deployer"));
  const stacks = [
    owner,
    stack("one", reader("inputs-1", "inputs-2")),
    stack("two", reader("inputs-1")),
  ];

  expect(wantedImages(stacks)).toEqual({
    repository: "team/deployer",
    stack: owner,
    tags: ["inputs-1", "inputs-2"],
  });
});

test("nothing is wanted when nobody looks an image up", () => {
  expect(wantedImages([stack("foundation", repository("team/deployer")), stack("one", {})])).toBe(
    undefined,
  );
});

test.each([
  { repositories: [], count: 0 },
  { repositories: ["a", "b"], count: 2 },
])("$count repositories are refused", ({ repositories, count }) => {
  const stacks = [
    ...repositories.map((name) => stack(name, repository(name))),
    stack("one", reader("inputs-1")),
  ];

  expect(() => wantedImages(stacks)).toThrow(
    `the stacks look up inputs-1, and the sandbox pushes images to one repository: they make ${count}`,
  );
});
