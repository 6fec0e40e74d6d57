import { RunDirectory } from "../../../sandbox/run/directories";
import { WORLD_VARIABLE } from "../../../sandbox/provider/confluent/provider-block";
import { terraformEnvironment } from "../../../sandbox/terraform/terraform-environment";

const run = new RunDirectory("/run");
const nonce = "nonce";

/** What every Terraform in the sandbox gets. */
const always = {
  HOME: "/run/home",
  LAKEHOUSE_SANDBOX_RUN: "nonce",
  DEPLOY_ENVIRONMENT: "sandbox",
  CI: "1",
  CHECKPOINT_DISABLE: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  TF_IN_AUTOMATION: "1",
  TF_CLI_CONFIG_FILE: "/run/terraform.tfrc",
  AWS_EC2_METADATA_DISABLED: "true",
};

test("it is the person's own environment, with the run's settings", () => {
  const own = { PATH: "/bin", LANG: "C.UTF-8", TMPDIR: "/var/tmp", HOME: "/home/person" };

  expect(terraformEnvironment(own, { run, nonce })).toEqual({
    PATH: "/bin",
    LANG: "C.UTF-8",
    TMPDIR: "/var/tmp",
    ...always,
  });
});

test("plans count with the sandbox's time, and a person may ask for a rotation", () => {
  const own = { TF_VAR_rotate_now: "true", TF_VAR_rotation_clock: "2030-01-01T00:00:00Z" };

  expect(terraformEnvironment(own, { run, nonce, now: "2026-02-01T00:00:00Z" })).toEqual({
    ...always,
    TF_VAR_rotate_now: "true",
    TF_VAR_rotation_clock: "2026-02-01T00:00:00Z",
  });
  expect(terraformEnvironment(own, { run, nonce })).toEqual({
    ...always,
    TF_VAR_rotate_now: "true",
  });
});

test.each([
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_ENDPOINT_URL_SECRETSMANAGER",
  "CONFLUENT_CLOUD_API_KEY",
  "KAFKA_API_SECRET",
  "FLINK_API_KEY",
  "SCHEMA_REGISTRY_API_KEY",
  "TABLEFLOW_API_KEY",
  "SNOWFLAKE_PASSWORD",
  "TF_VAR_secret",
  "TF_CLI_ARGS_apply",
  "TF_WORKSPACE",
  "TF_DATA_DIR",
  "TF_PLUGIN_CACHE_DIR",
  "CDKTF_LOG_LEVEL",
  "TERRAFORM_BINARY_NAME",
])("%s does not reach it", (name) => {
  expect(terraformEnvironment({ [name]: "value" }, { run, nonce })).toEqual(always);
});

test("the person's environment and configuration do not steer it", () => {
  const own = { DEPLOY_ENVIRONMENT: "prod", TF_CLI_CONFIG_FILE: "/home/person/.terraformrc" };

  expect(terraformEnvironment(own, { run, nonce })).toEqual(always);
});

test("the clouds and the cache of providers are named when they are known", () => {
  const services = { worldUrl: "http://world", awsUrl: "http://aws" };
  const options = { run, nonce, services, pluginCache: "/cache" };

  expect(terraformEnvironment({}, options)).toEqual({
    ...always,
    AWS_ENDPOINT_URL: "http://aws",
    [WORLD_VARIABLE]: "http://world",
    TF_PLUGIN_CACHE_DIR: "/cache",
  });
});
