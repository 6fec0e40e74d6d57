/** `npm run pipelines:compile [-- --check]`: the golden SQL of every pipeline, made from its transform by the plugin. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { print, runProgram } from "../../delivery/program";
import { UserError } from "../../delivery/user-error";
import { projectDirectory } from "../lists";
import { compilePipelines } from "./compile";
import { goldenDiff, writeGolden } from "./golden";

const USAGE = "usage: npm run pipelines:compile [-- --check]";

runProgram(async () => {
  const args = process.argv.slice(2);
  if (args.some((argument) => argument !== "--check")) {
    throw new UserError(USAGE);
  }
  const project = projectDirectory();
  const scratch = mkdtempSync(join(tmpdir(), "compile-"));
  try {
    const golden = await compilePipelines(project, scratch);
    if (args.length === 0) {
      writeGolden(project, golden);
      print([...golden.keys()].join("\n"));
      return 0;
    }
    const difference = goldenDiff(project, golden, scratch);
    print(difference || "the compiled SQL is what the transforms give");
    return difference === "" ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
