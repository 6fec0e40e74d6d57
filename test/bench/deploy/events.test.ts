import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { type Engine, eventsOf } from "../../../bench/deploy/events";
import { projectDirectory } from "../../../python/lists";

const project = projectDirectory();
const target = {
  organization_id: "11111111-2222-3333-4444-555555555555",
  environment_id: "env-abc123",
  compute_pool_id: "lfcp-abc123",
  principal_id: "sa-abc123",
  cloud: "AWS",
  region: "us-east-1",
  rest_endpoint: "https://127.0.0.1:1",
  catalog: "pipelines",
  database: "tables",
};
const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:bench-AbCdEf";

/** What the deployer itself makes of an event: its action, or the reason why it refuses. */
function parse(event: object): string {
  const script = `
import json, sys
from flink_deployer import event_parser as parser
print(parser.parse_event(json.load(sys.stdin)).action)`;
  const { stdout, stderr } = spawnSync("python3", ["-c", script], {
    input: JSON.stringify(event),
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      PYTHONPATH: join(project, "functions", "flink-deployer", "src"),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  return stdout.trim() || stderr;
}

test.each<[Engine, string]>([
  ["compiled", "flyer_stats"],
  ["table-api", "flight_consolidator"],
])("the deployer takes the events of the engine %s", (engine, pipeline) => {
  const events = eventsOf(project, { engine, pipeline, target, secretArn });

  expect(parse(events.deploy)).toBe("deploy");
  expect(parse(events.status)).toBe("status");
  expect(parse(events.delete)).toBe("delete");
});
