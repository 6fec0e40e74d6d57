import { join } from "node:path";

import { type FunctionSettings, type Moto, startMoto } from "../../../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../../../sandbox/aws/moto-environment";
import { SandboxDirectory } from "../../../../sandbox/run/directories";
import { temporaryDirectory } from "../../../support/temporary-directory";
import { type AwsCall, type AwsResult, boto3 } from "./aws-client";
import { zipOf } from "./zip-of";

/** What the functions of the tests run: each event names one of its functions. */
export const HANDLER = `
import json, os, subprocess, sys, time, urllib.request
import boto3

calls = 0

def handle(event, context):
    global calls
    calls += 1
    print("asked for", event["what"])
    return globals()[event["what"]](event, context)

def echo(event, context):
    return {"event": event, "calls": calls, "name": context.function_name, "arn": context.invoked_function_arn}

def fail(event, context):
    raise ValueError("no such thing")

def slow(event, context):
    time.sleep(30)

def pause(event, context):
    time.sleep(1)
    return os.getpid()

def leave(event, context):
    os._exit(3)

def fill(event, context):
    return len(bytearray(512 * 1024 * 1024))

def variables(event, context):
    return dict(os.environ)

def call_aws(event, context):
    boto3.client("ssm").put_parameter(Name="/from/function", Value="x", Type="String")
    return boto3.client("ssm").get_parameter(Name="/from/function")["Parameter"]["Value"]
`;

export const ROLE = "arn:aws:iam::123456789012:role/function";

/** A moto that runs functions, with a role for them. */
export interface FunctionRuntime {
  readonly moto: Moto;
  readonly python: string;
  /** Where its log, and below `functions` and `images` all of the functions, is. */
  readonly directory: string;
  readonly aws: (
    calls: readonly AwsCall[],
    options?: { together?: boolean },
  ) => Promise<readonly AwsResult[]>;
}

/** @param nonce by which its processes are found */
export async function startFunctionRuntime(
  nonce: string,
  environment: FunctionSettings["environment"] = {},
): Promise<FunctionRuntime> {
  const python = await ensureMotoEnvironment(new SandboxDirectory().python);
  const directory = temporaryDirectory();
  const images = {
    directory: join(directory, "images"),
    python,
    environment: { JAVA_HOME: "/tmp/java" },
  };
  const moto = await startMoto({
    python,
    nonce,
    seed: "seed",
    log: join(directory, "moto.log"),
    functions: { directory: join(directory, "functions"), environment, images },
    env: { ...process.env, AWS_PROFILE: "person", LAKEHOUSE_SANDBOX_RUN: nonce },
  });
  const runtime: FunctionRuntime = {
    moto,
    python,
    directory,
    aws: (calls, options) => boto3({ python, url: moto.url }, calls, options),
  };
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await runtime.aws([
    call("iam", "create_role", { RoleName: "function", AssumeRolePolicyDocument: trust }),
  ]);
  return runtime;
}

export const call = (
  service: string,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
): AwsCall => ({ service, operation, parameters });

/** Creates a function of {@link HANDLER}. */
export function create(name: string, settings: Readonly<Record<string, unknown>> = {}): AwsCall {
  return call("lambda", "create_function", {
    FunctionName: name,
    Role: ROLE,
    Runtime: "python3.12",
    Handler: "handler.handle",
    Code: { "ZipFile#base64": zipOf({ "handler.py": HANDLER }) },
    Timeout: 30,
    MemorySize: 256,
    Environment: { Variables: { OWN: "variable", SHADOWED: "function", HOME: "/tmp/home" } },
    ...settings,
  });
}

export const invoke = (
  name: string,
  what: string,
  more: Readonly<Record<string, unknown>> = {},
): AwsCall =>
  call("lambda", "invoke", { FunctionName: name, Payload: JSON.stringify({ what }), ...more });

export const payloadOf = (result: AwsResult | undefined): unknown =>
  JSON.parse(result?.["Payload"] as string);
