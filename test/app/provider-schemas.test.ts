import { join } from "node:path";

import { createApplication } from "../../application";
import { sandbox } from "../../config/environments/sandbox";
import { WORLD_VARIABLE } from "../../sandbox/provider/confluent/provider-block";
import { confluent } from "../../sandbox/provider/confluent/vendor";
import { runningAwsProvider, type RunningAwsProvider } from "../rotation/support/aws-provider";
import { reattachedProvider } from "../sandbox/provider/support/reattached-provider";
import { terraform, terraformOk } from "../sandbox/provider/support/terraform";
import { newApp } from "../support/synth";

jest.setTimeout(120_000);

/** Nobody listens there: a configuration is validated without a cloud. */
const NOWHERE = "http://127.0.0.1:9";

let aws: RunningAwsProvider;
let standIn: Awaited<ReturnType<typeof reattachedProvider>>;
let environment: NodeJS.ProcessEnv;
const app = newApp();

beforeAll(async () => {
  createApplication(sandbox, app).synth();
  aws = await runningAwsProvider(NOWHERE);
  standIn = await reattachedProvider(confluent, { [WORLD_VARIABLE]: NOWHERE });
  const reattach = {
    ...(JSON.parse(aws.reattach) as object),
    ...(JSON.parse(standIn.environment["TF_REATTACH_PROVIDERS"] ?? "") as object),
  };
  environment = { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) };
});

afterAll(async () => {
  standIn.close();
  await aws.stop();
});

test.each(["delivery-foundation", "flight-consolidator", "flyer-stats"])(
  "the real AWS provider, and Confluent's schema, take what %s says",
  async (stack) => {
    const directory = join(app.outdir, "stacks", `lakehouse-sandbox-${stack}`);
    await terraformOk(["init", "-backend=false", "-no-color"], directory, environment);
    const { stdout } = await terraform(["validate", "-json"], directory, environment);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
  },
);
