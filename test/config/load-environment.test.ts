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
