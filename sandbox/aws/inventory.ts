import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { isStringArray } from "../../delivery/json";
import { childEnvironment } from "./child-environment";
import { parseJson } from "./parse-json";
import { ISOLATED, pythonFile } from "./python-files";

/** What {@link awsInventory} needs. */
export interface AwsInventoryOptions {
  /** The python that `ensureMotoEnvironment` returns. */
  readonly python: string;
  /** The endpoint of every AWS service. */
  readonly url: string;
  /** Such as `us-east-1`; nothing is looked for in other regions. */
  readonly region: string;
}

/**
 * Everything that exists in the services which the application uses, one line each, such as
 * `secretsmanager secret lakehouse/streams`. It is listed with boto3, which shares nothing with Terraform or its provider.
 *
 * @throws Error with what the listing program printed, when a service cannot be asked
 */
export async function awsInventory({
  python,
  url,
  region,
}: AwsInventoryOptions): Promise<string[]> {
  const args = [...ISOLATED, pythonFile("inventory.py"), "--url", url, "--region", region];
  const { stdout } = await promisify(execFile)(python, args, {
    env: childEnvironment(process.env),
  });
  const listed = parseJson(stdout);
  if (!isStringArray(listed)) {
    throw new Error(`inventory.py printed no list of strings: ${stdout}`);
  }
  return listed;
}
