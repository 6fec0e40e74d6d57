import { existsSync } from "node:fs";
import { sep } from "node:path";

import { localCdktf, terraformOf } from "../../delivery/context";

test("cdktf is the project's own, run by the same Node", () => {
  const [node, program = "", ...others] = localCdktf();

  expect(node).toBe(process.execPath);
  expect(program.split(sep)).toContain("cdktf-cli");
  expect(existsSync(program)).toBe(true);
  expect(others).toEqual([]);
});

test.each([
  [{}, "terraform"],
  [{ TERRAFORM_BINARY_NAME: "/opt/tofu" }, "/opt/tofu"],
])("with %j, Terraform is %s", (environment, terraform) => {
  expect(terraformOf(environment)).toBe(terraform);
});
