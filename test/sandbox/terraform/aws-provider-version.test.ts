import type { AwsProviderSource } from "../../../sandbox/aws/provider-source";
import { currentPlatform } from "../../../sandbox/aws/provider-mirror";
import { pinnedAwsProvider } from "../../../sandbox/terraform/aws-provider-version";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

/** A mirror with these versions of the AWS provider, of which the search has found the last one. */
function mirror(...versions: readonly string[]): AwsProviderSource {
  const directory = temporaryDirectory();
  for (const version of versions) {
    const folder = `registry.terraform.io/hashicorp/aws/${version}/${currentPlatform()}`;
    writeFiles(directory, { [`${folder}/terraform-provider-aws_v${version}`]: "" });
  }
  return { kind: "mirror", directory, version: versions.at(-1) ?? "", from: "a test" };
}

test("of the public registry's versions, the one that was run against moto is taken", () => {
  expect(pinnedAwsProvider({ kind: "registry" })).toBe("5.100.0");
});

test.each([
  [["5.100.0"], "5.100.0"],
  [["5.100.0", "6.2.0"], "5.100.0"],
  [["5.100.1", "6.2.0"], "6.2.0"],
  [["6.2.0"], "6.2.0"],
])("of a mirror with %j, %s is taken", (versions, pinned) => {
  expect(pinnedAwsProvider(mirror(...versions))).toBe(pinned);
});
