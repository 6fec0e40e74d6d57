import { readFileSync } from "node:fs";
import { join } from "node:path";

import { sandbox } from "../../config/environments/sandbox";
import { application } from "../support/application";

const BASE = "/confluent_cloud_resource/lakehouse-sandbox";
const text = readFileSync(join(__dirname, "../../docs/secrets.md"), "utf8");
const resources = Object.values(application(sandbox).stacks).map(({ resource }) => resource);

/** Paths that the page names; `<…>` stands for one part of a path. */
const documented = [...new Set(text.match(/(?<=`)…\/[^`]+(?=`)/g))].map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(/<[^>]+>/g, "[^/]+")}(/|$)`),
}));

function pathsOf(type: string): string[] {
  return resources
    .flatMap((resource) => Object.values(resource?.[type] ?? {}))
    .map(({ name }) => String(name).replace(BASE, "…"));
}

test("K-11: every secret is documented under the path that it has", () => {
  const secrets = pathsOf("aws_secretsmanager_secret");
  expect(secrets).toHaveLength(13);
  expect(secrets.filter((path) => !documented.some(({ pattern }) => pattern.test(path)))).toEqual(
    [],
  );
});

test("K-11: no path is documented that does not exist", () => {
  const existing = [...pathsOf("aws_secretsmanager_secret"), ...pathsOf("aws_ssm_parameter")];
  const unknown = documented.filter(({ pattern }) => !existing.some((path) => pattern.test(path)));
  expect(unknown.map(({ path }) => path)).toEqual([]);
});
