import { join } from "node:path";

import { readPipeline } from "../../constructs/patterns/flink-deployer/pipeline";
import { testStack } from "../support/synth";
import { temporaryDirectory, writeFiles } from "../support/temporary-directory";

// The deployer computes the same: functions/flink-deployer/tests/engines/test_pipelines.py holds the same files and digests.
const files = {
  "p/pipeline.json": JSON.stringify({
    sources: ["a"],
    sinks: { b_c: { columns: ["x", "y"], state: "stateless" } },
  }),
  "p/transform.py": "def transform(tables):\n    return tables\n",
  "p/lib/helper.py": "é = 1\n",
  "p/compiled/b_c.sql": "INSERT INTO `b_c` SELECT 1\n",
  "p/README.md": "ignored\n",
  "p/__pycache__/transform.cpython-311.pyc": "ignored",
};

test.each([
  ["compiled", "cc8bab77da05fdc4c74aba366c419fa372f5134afdebd6ccfdb3b8cfc6b9539a"],
  ["table-api", "0551044c389329ffd03a8ae2b7db349f044a43eb6da7fdb786008bf48b703995"],
] as const)("H-17: synthesis and deployer agree on the digest for engine %s", (engine, digest) => {
  const directory = temporaryDirectory();
  writeFiles(directory, files);

  expect(readPipeline(testStack(), join(directory, "p"), engine).digest).toBe(digest);
});
