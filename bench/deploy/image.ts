/** `npm run bench:image`: what the deployer's image has beyond its base, beside what the seed's recipe adds. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { print, runProgram } from "../../delivery/program";
import { projectDirectory } from "../../python/lists";
import { columns } from "./columns";
import { folderSize } from "./folder-size";
import { imageTools, makeImageContent, type ImageTools } from "./image-content";

/** Of the seed's recipe, ours may have at most this part. */
const LIMIT = 0.5;

runProgram(async () => {
  const project = projectDirectory();
  const tools = await imageTools();
  const { plugin, java } = makeImageContent(project, tools);
  const seed = seedPackages(project, tools);
  const packages = [folderSize(plugin), seed] as const;
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
  print(`${ratio.toFixed(2)} of the seed's; at most ${LIMIT}: ${ratio <= LIMIT ? "PASS" : "over"}`);
  return ratio <= LIMIT ? 0 : 1;
});

/** The bytes that `pip install` of the seed's list leaves, compiled as pip does when it is not told otherwise. */
function seedPackages(project: string, { env }: ImageTools): number {
  const target = mkdtempSync(join(tmpdir(), "seed-recipe-"));
  const list = join(project, "bench", "deploy", "seed-recipe.txt");
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
    ["beyond the Lambda base, MiB", "ours", "seed"],
    ...rows.map(([name, ours, seed]) => [name, mebibytes(ours), mebibytes(seed)]),
  ]);
}
