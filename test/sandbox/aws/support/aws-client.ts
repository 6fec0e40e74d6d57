import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { childEnvironment } from "../../../../sandbox/aws/child-environment";

/** A call as boto3 makes it. A parameter whose name ends with `#base64` is sent as bytes. */
export interface AwsCall {
  readonly service: string;
  /** boto3's name, such as `create_function`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What boto3 returned, or the error that it raised; bodies are text. */
export type AwsResult = Readonly<Record<string, unknown>>;

/** Makes calls with boto3, one after the other or all at once. */
export async function boto3(
  { python, url }: { readonly python: string; readonly url: string },
  calls: readonly AwsCall[],
  { together = false } = {},
): Promise<readonly AwsResult[]> {
  const program = join(__dirname, "aws_client.py");
  const args = ["-E", "-s", program, url, ...(together ? ["--together"] : [])];
  const child = spawn(python, args, { env: childEnvironment(process.env) });
  child.stdin.end(JSON.stringify(calls));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (errors !== "") throw new Error(errors);
  return JSON.parse(output) as AwsResult[];
}
