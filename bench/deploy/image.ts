/** `npm run bench:image`: what the deployer's image has beyond its base, beside what the starter kit's recipe adds. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { print, runProgram } from "../../delivery/program";
import { projectDirectory } from "../../python/lists";
import { columns } from "./columns";
import { folderSize } from "./folder-size";
import { imageTools, makeImageContent, type ImageTools } from "./image-content";

/** Of the starter kit's recipe, ours may have at most this part. */
const LIMIT = 0.5;

runProgram(async () => {
  const project = projectDirectory();
  const tools = await imageTools();
  const { plugin, java } = makeImageContent(project, tools);
  const theirs = starterKitPackages(project, tools);
  const packages = [folderSize(plugin), theirs] as const;
  if (java === undefined || tools.jdk === undefined) {
    print(table([["Python packages", ...packages]]));
    print(
      "The Java is not measured: linking it needs a JDK 17 with jmods, and there is none here.",
    );
    return 1;
  }
  // Amazon's package of the JDK has no jmods: they are a package of their own.
  const jdk = folderSize(tools.jdk, (name) => name === "jmods");
  const javas = [folderSize(java), jdk] as const;
  const total = [packages[0] + javas[0], packages[1] + javas[1]] as const;
  const ratio = total[0] / total[1];
  print(
    table([
      ["Python packages", ...packages],
      ["Java", ...javas],
      ["together", ...total],
    ]),
  );
  print(
    `${ratio.toFixed(2)} of the starter kit's; at most ${LIMIT}: ${ratio <= LIMIT ? "PASS" : "over"}`,
  );
  return ratio <= LIMIT ? 0 : 1;
});

/** The bytes that `pip install` of the starter kit's list leaves, compiled as pip does when it is not told otherwise. */
function starterKitPackages(project: string, { env }: ImageTools): number {
  const target = mkdtempSync(join(tmpdir(), "starter-kit-recipe-"));
  const list = join(project, "bench", "deploy", "starter-kit-recipe.txt");
  const options = ["--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"];
  try {
    execFileSync(
      "python",
      ["-m", "pip", "install", ...options, "--no-build-isolation", "--target", target, "-r", list],
      { env, stdio: ["ignore", "ignore", "inherit"] },
    );
    return folderSize(target);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function table(rows: readonly (readonly [string, number, number])[]): string {
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  return columns([
    ["beyond the Lambda base, MiB", "ours", "starter kit"],
    ...rows.map(([name, ours, theirs]) => [name, mebibytes(ours), mebibytes(theirs)]),
  ]);
}
