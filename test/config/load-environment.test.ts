import { ConfigurationError } from "../../config/configuration-error";
import { environments, loadEnvironment } from "../../config/load-environment";

test.each(["sandbox", "dev", "prod"])("%s is an environment and valid as committed", (name) => {
  expect(loadEnvironment(name).name).toBe(name);
});

test("a change travels from sandbox to prod", () => {
  expect(environments.map(({ name }) => name)).toEqual(["sandbox", "dev", "prod"]);
});

test.each([undefined, ""])("fails when the name is %j, and assumes nothing", (name) => {
  expect(() => loadEnvironment(name)).toThrow(
    new ConfigurationError("DEPLOY_ENVIRONMENT is not set; set it to one of sandbox, dev, prod"),
  );
});

test.each(["production", "Prod", " prod", "toString"])("fails for the unknown name %j", (name) => {
  expect(() => loadEnvironment(name)).toThrow(
    new ConfigurationError(
      `DEPLOY_ENVIRONMENT is ${JSON.stringify(name)}, which is not an environment; set it to one of sandbox, dev, prod`,
    ),
  );
});

test("prod keeps its data and its deleted secrets", () => {
  const prod = loadEnvironment("prod");
  expect(prod.allowDataLoss).toBeUndefined();
  expect(prod.secretRecoveryDays).toBeUndefined();
});

test("the sandbox has its engine chosen by a variable", () => {
  expect(loadEnvironment("sandbox", "compiled").streaming.flinkEngine).toBe("compiled");
  expect(loadEnvironment("sandbox", "table-api").streaming.flinkEngine).toBe("table-api");
  expect(loadEnvironment("sandbox").streaming.flinkEngine).toBe(undefined);
});

test.each([
  [
    "prod",
    "compiled",
    "FLINK_ENGINE is set, and only the sandbox reads it; unset it to synthesize prod",
  ],
  ["sandbox", "sql", 'FLINK_ENGINE is "sql"; set it to table-api or compiled, or unset it'],
])("%s does not take the engine %s", (name, engine, message) => {
  expect(() => loadEnvironment(name, engine)).toThrow(new ConfigurationError(message));
});
