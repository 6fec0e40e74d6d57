import { readFileSync } from "node:fs";
import { join } from "node:path";

import { functionStatus } from "../../../sandbox/aws/moto-api";
import { processesOfRun } from "../../../sandbox/run/run-processes";
import type { AwsResult } from "./support/aws-client";
import {
  call,
  create,
  type FunctionRuntime,
  invoke,
  payloadOf,
  startFunctionRuntime,
} from "./support/functions";
import { zipOf } from "./support/zip-of";

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(60_000);

const nonce = "0f9d4c9e-1111-4222-8333-444455556666";
let runtime: FunctionRuntime;

// The environment is the sandbox's own: the first run on a machine fills it from the package registry.
beforeAll(async () => {
  runtime = await startFunctionRuntime(nonce, {
    SSL_CERT_FILE: "/tmp/ca.pem",
    SHADOWED: "sandbox",
  });
  await runtime.aws([
    ...["kept", "narrow", "later"].map((name) => create(name)),
    create("broken", { Handler: "absent.handle" }),
    create("hasty", { Timeout: 1 }),
    call("lambda", "put_function_concurrency", {
      FunctionName: "narrow",
      ReservedConcurrentExecutions: 1,
    }),
    ...["kept", "broken"].map((name) =>
      call("logs", "create_log_group", { logGroupName: `/aws/lambda/${name}` }),
    ),
  ]);
}, 300_000);

afterAll(() => runtime.moto.stop());

async function answerOf(name: string, what: string): Promise<AwsResult & { payload: unknown }> {
  const [result] = await runtime.aws([invoke(name, what)]);
  return { ...result, payload: payloadOf(result) };
}

describe("a function that answers", () => {
  test("is the real one, in a process that stays for the next event", async () => {
    const [first, second] = await runtime.aws([invoke("kept", "echo"), invoke("kept", "echo")]);

    expect(first).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(first).not.toHaveProperty("FunctionError");
    expect(payloadOf(first)).toEqual({
      event: { what: "echo" },
      calls: 1,
      name: "kept",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:kept",
    });
    expect(payloadOf(second)).toMatchObject({ calls: 2 });
  });

  test("calls AWS while others do", async () => {
    expect(await answerOf("kept", "call_aws")).toMatchObject({ payload: "x" });
  });

  test("has its own variables, Lambda's and the sandbox's, and nothing of the person's", async () => {
    const { payload } = await answerOf("kept", "variables");
    const temporary = expect.stringMatching(/\/functions\/tmp\/kept-\d+$/) as string;

    expect(payload).toMatchObject({
      OWN: "variable",
      SHADOWED: "function",
      HOME: expect.stringMatching(/\/functions\/tmp\/kept-\d+\/home$/) as string,
      TMPDIR: temporary,
      // The sandbox's own paths are not those of Lambda's file system.
      SSL_CERT_FILE: "/tmp/ca.pem",
      AWS_ENDPOINT_URL: runtime.moto.url,
      AWS_REGION: "us-east-1",
      AWS_LAMBDA_FUNCTION_NAME: "kept",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/kept",
      AWS_EXECUTION_ENV: "AWS_Lambda_python3.12",
      _HANDLER: "handler.handle",
    });
    expect(payload).not.toHaveProperty("AWS_PROFILE");
  });

  test("logs to its log group, and to a file of the run", async () => {
    await runtime.aws([invoke("kept", "echo")]);
    const [logged] = await runtime.aws([
      call("logs", "filter_log_events", { logGroupName: "/aws/lambda/kept" }),
    ]);
    const { events } = logged as { events: readonly { message: string }[] };

    expect(events.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^START RequestId: \S+ Version: \$LATEST$/),
        "asked for echo",
        expect.stringMatching(/^END RequestId: /),
        expect.stringMatching(
          /^REPORT RequestId: \S+\tDuration: \d+ ms\tMemory Size: 256 MB\t(Max Memory Used: \d+ MB)?/,
        ),
      ]),
    );
    expect(
      readFileSync(join(runtime.directory, "functions", "logs", "kept-1.log"), "utf8"),
    ).toContain("asked for echo\n");
  });

  test("is asked without waiting for it", async () => {
    const [event, dry] = await runtime.aws([
      invoke("kept", "echo", { InvocationType: "Event" }),
      invoke("kept", "echo", { InvocationType: "DryRun" }),
    ]);

    expect([event, dry]).toMatchObject([{ StatusCode: 202 }, { StatusCode: 204 }]);
  });

  test("shows the end of its log on request", async () => {
    const [result] = await runtime.aws([invoke("kept", "echo", { LogType: "Tail" })]);

    expect(Buffer.from(result?.["LogResult"] as string, "base64").toString()).toContain(
      "asked for echo\n",
    );
  });

  test("runs new code in a new process", async () => {
    const [, , result] = await runtime.aws([
      invoke("later", "echo"),
      call("lambda", "update_function_code", {
        FunctionName: "later",
        "ZipFile#base64": zipOf({
          "handler.py": "def handle(event, context):\n    return 'new'\n",
        }),
      }),
      invoke("later", "echo"),
    ]);

    expect(payloadOf(result)).toBe("new");
  });
});

describe("a function that does not answer", () => {
  test("because it raises: 200 with what it raised", async () => {
    expect(await answerOf("kept", "fail")).toMatchObject({
      StatusCode: 200,
      FunctionError: "Unhandled",
      payload: {
        errorMessage: "no such thing",
        errorType: "ValueError",
        stackTrace: [
          expect.stringContaining("in handle"),
          expect.stringMatching(/in fail\n {4}raise ValueError\("no such thing"\)\n$/),
        ],
      },
    });
  });

  test("because its time is over", async () => {
    const before = performance.now();
    const { FunctionError, payload } = await answerOf("hasty", "slow");

    expect(FunctionError).toBe("Unhandled");
    expect(payload).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/,
      ),
    });
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(await answerOf("hasty", "echo")).toMatchObject({ payload: { calls: 1 } });
  });

  test("because its process ends", async () => {
    expect(await answerOf("kept", "leave")).toMatchObject({
      FunctionError: "Unhandled",
      payload: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(/ Error: Runtime exited with error: exit status 3$/),
      },
    });
  });

  test("because it needs more memory than it has, where the machine can tell", async () => {
    const { memoryLimits } = await functionStatus(runtime.moto.url);
    const { FunctionError, payload } = await answerOf("kept", "fill");

    expect(memoryLimits).toMatch(/^(cgroup v[12]|not enforced: .+)$/);
    expect({ FunctionError, payload }).toMatchObject(
      memoryLimits.startsWith("cgroup")
        ? {
            FunctionError: "Unhandled",
            payload: { errorMessage: expect.stringMatching(/ signal: killed$/) as string },
          }
        : { payload: 512 * 1024 * 1024 },
    );
  });

  test("because it cannot be loaded", async () => {
    expect(await answerOf("broken", "echo")).toMatchObject({
      StatusCode: 200,
      FunctionError: "Unhandled",
      payload: {
        errorType: "Runtime.ImportModuleError",
        errorMessage: "Unable to import module 'absent': No module named 'absent'",
      },
    });
    const [logged] = await runtime.aws([
      call("logs", "filter_log_events", { logGroupName: "/aws/lambda/broken" }),
    ]);
    expect(JSON.stringify(logged)).toContain("No module named 'absent'");
  });

  test("because it does not exist, or the event is no JSON", async () => {
    expect(
      await runtime.aws([
        invoke("nobody", "echo"),
        call("lambda", "invoke", { FunctionName: "kept", Payload: "{" }),
      ]),
    ).toMatchObject([
      {
        Error: {
          Code: "ResourceNotFoundException",
          Message: "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody",
        },
        ResponseMetadata: { HTTPStatusCode: 404 },
      },
      {
        Error: { Code: "InvalidRequestContentException" },
        ResponseMetadata: { HTTPStatusCode: 400 },
      },
    ]);
  });
});

describe("several events at once", () => {
  test("have a process each", async () => {
    const results = await runtime.aws([invoke("kept", "pause"), invoke("kept", "pause")], {
      together: true,
    });

    expect(new Set(results.map(payloadOf)).size).toBe(2);
  });

  test("are no more than the function has reserved", async () => {
    const results = await runtime.aws([invoke("narrow", "pause"), invoke("narrow", "pause")], {
      together: true,
    });
    const refused = results.filter((result) => "Error" in result);

    expect(refused).toMatchObject([
      {
        Error: { Code: "TooManyRequestsException", Message: "Rate Exceeded." },
        ResponseMetadata: { HTTPStatusCode: 429 },
      },
    ]);
  });
});

test("every invocation is listed, without what the function was given or said", async () => {
  const { invocations } = await functionStatus(runtime.moto.url);

  expect(invocations[0]).toEqual({
    function: "kept",
    succeeded: true,
    durationMs: expect.any(Number),
    initMs: expect.any(Number),
    peakMb: expect.any(Number),
  });
  expect(JSON.stringify(invocations)).not.toContain("echo");
});

test("processes end with moto, whatever becomes of it", async () => {
  const ownNonce = "0f9d4c9e-1111-4222-8333-444455557777";
  const { moto, aws } = await startFunctionRuntime(ownNonce);
  try {
    await aws([create("kept"), invoke("kept", "echo")]);
    expect(processesOfRun(ownNonce).length).toBeGreaterThanOrEqual(2);

    process.kill(moto.pid, "SIGKILL");
    const gone = performance.now() + 10_000;
    while (processesOfRun(ownNonce).length > 0 && performance.now() < gone) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(processesOfRun(ownNonce)).toEqual([]);
  } finally {
    await moto.stop();
  }
});
