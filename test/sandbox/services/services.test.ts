import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";

import { confirmIdentity } from "../../../sandbox/aws/moto";
import { ensureMotoEnvironment } from "../../../sandbox/aws/moto-environment";
import { RunDirectory, SandboxDirectory } from "../../../sandbox/run/directories";
import { describeProcesses, existingObjects } from "../../../sandbox/loop/leftovers";
import { processesOfRun } from "../../../sandbox/run/run-processes";
import type { RunServices, Services } from "../../../sandbox/services/services";
import { WorldClient } from "../../../sandbox/services/world-client";
import { callAws } from "../aws/call-aws";
import { compiledProgram } from "../../support/compiled-programs";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";
import { planned } from "../world/support/planned";
import { cloudKey } from "../world/support/terraform";

// The starters look for the programs beside themselves, so they have to be compiled as well.
const { explainFailure, refuseUnansweredCalls, silentServices, startServices } = jest.requireActual<
  typeof import("../../../sandbox/services/services")
>(compiledProgram("sandbox/services/services.js"));

// Python's programs start in seconds when the machine is busy.
jest.setTimeout(60_000);

const newRun = (): RunDirectory => new RunDirectory(temporaryDirectory()).create();

const nonce = randomUUID();
const run = newRun();
let python: string;
let services: Services;

beforeAll(async () => {
  python = await ensureMotoEnvironment(new SandboxDirectory().python);
  services = await startServices(run, nonce, python);
}, 300_000);

afterAll(() => services.stop());

test("both clouds answer with the run's nonce, on ports of their own", async () => {
  const otherNonce = randomUUID();
  const other = await startServices(newRun(), otherNonce, python);

  await confirmIdentity(services.worldUrl, nonce);
  await confirmIdentity(services.awsUrl, nonce);
  await confirmIdentity(other.worldUrl, otherNonce);
  await confirmIdentity(other.awsUrl, otherNonce);
  expect(processesOfRun(otherNonce)).toHaveLength(2);
  await other.stop();
  await other.stop();
  expect(processesOfRun(otherNonce)).toEqual([]);
});

test("when moto does not start, the world does not stay, and the log is named", async () => {
  const nonce = randomUUID();
  const run = newRun();

  await expect(startServices(run, nonce, "/nowhere/python")).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^moto could not be started: .*ENOENT/),
  });
  await expect(startServices(run, nonce, "/nowhere/python")).rejects.toThrow(run.motoLog);
  expect(processesOfRun(nonce)).toEqual([]);
});

test("when the world does not start, its log says why and is named", async () => {
  const run = newRun();
  writeFileSync(run.world, "{");

  await expect(startServices(run, randomUUID(), python)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /^the sandbox world could not be started: it ended with exit code 1\n/,
    ),
  });
  await expect(startServices(run, randomUUID(), python)).rejects.toThrow(`log: ${run.worldLog}`);
});

describe("what exists", () => {
  const inspect = (): Promise<readonly string[]> =>
    existingObjects({ run, services, python, regions: ["us-east-1"] });

  test("is told by each cloud and by the state files, and is nothing before anything was made", async () => {
    expect(await inspect()).toEqual([]);
    await callAws(services.awsUrl, "secretsmanager", "CreateSecret", { Name: "left" });
    const request = {
      provider: "confluent",
      type: "confluent_environment",
      configuration: cloudKey,
      planned: planned.environment(),
    };
    await fetch(`${services.worldUrl}/terraform/create`, {
      method: "POST",
      body: JSON.stringify(request),
    });
    writeFiles(run.states, {
      "full.tfstate": `{ "resources": [{}, {}] }`,
      "emptied.tfstate": `{ "resources": [] }`,
      "locked.tfstate": "",
      "full.tfstate.backup": `{ "resources": [{}] }`,
    });

    expect(await inspect()).toEqual([
      expect.stringMatching(/^confluent_environment env-\w+$/),
      "aws secretsmanager secret left",
      "state of full with 2 resources",
    ]);
    expect(await new WorldClient(services.worldUrl).calls()).toBe(1);
  });

  test("includes processes", () => {
    const left = processesOfRun(nonce).map(({ pid }) => pid);

    expect(describeProcesses(processesOfRun(nonce))).toEqual([
      expect.stringMatching(new RegExp(`^process ${left[0] ?? ""} \\(.+\\)$`)),
      expect.stringMatching(new RegExp(`^process ${left[1] ?? ""} \\(.+\\)$`)),
    ]);
  });
});

describe("calls that moto could not answer", () => {
  test("make a run worthless, and are listed", async () => {
    await expect(refuseUnansweredCalls(services)).resolves.toBeUndefined();
    await callAws(services.awsUrl, "ssm", "ListNodes");

    await expect(refuseUnansweredCalls(services)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(
        /^moto could not answer these calls:\n {2}AmazonSSM\.ListNodes: /,
      ),
    });
  });
});

describe("a cloud that dies", () => {
  /** Clouds of its own for each test, of which some are killed. */
  async function withKilled(
    kill: readonly ("worldUrl" | "awsUrl")[],
    use: (services: RunServices) => Promise<void>,
  ): Promise<void> {
    const nonce = randomUUID();
    const run = newRun();
    const services = await startServices(run, nonce, python);
    try {
      for (const url of kill) process.kill(await confirmIdentity(services[url], nonce), "SIGKILL");
      await use({ run, nonce, services });
    } finally {
      await services.stop();
    }
  }

  test("is named with its log, and what failed in consequence comes after it", async () => {
    await withKilled(["worldUrl"], async (dead) => {
      const expected =
        `the sandbox world has died in the middle of the work: ${dead.services.worldUrl} is not ` +
        `answered by the server that was started, but by nobody\nits log: ${dead.run.worldLog}`;

      expect(await silentServices(dead)).toEqual([expected]);
      expect(await explainFailure(new Error("deploy failed"), dead)).toMatchObject({
        name: "UserError",
        message: `${expected}\ndeploy failed`,
      });
    });
  });

  test("is moto as well as the world", async () => {
    await withKilled(["worldUrl", "awsUrl"], async (dead) => {
      expect(await silentServices(dead)).toEqual([
        expect.stringMatching(/^the sandbox world has died /),
        expect.stringMatching(/^moto has died [^]*\nits log: .*\/logs\/moto\.log$/),
      ]);
    });
  });

  test("is not the reason while both answer", async () => {
    const error = new Error("deploy failed");

    expect(await silentServices({ run, nonce, services })).toEqual([]);
    expect(await explainFailure(error, { run, nonce, services })).toBe(error);
  });
});

describe("the world's client", () => {
  test("names the address when nobody answers", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await new Promise((resolve) => server.close(resolve));

    await expect(new WorldClient(`http://127.0.0.1:${port}`).inventory()).rejects.toThrow(
      `the sandbox world does not answer at http://127.0.0.1:${port}/sandbox/inventory: `,
    );
  });

  test("does not take another server for a world", async () => {
    await expect(new WorldClient(services.awsUrl).inventory()).rejects.toThrow(services.awsUrl);
  });
});
