/**
 * Stops the sandbox at each of its moments, for some twenty minutes: run by hand with `npm run test:interruption`.
 * @type {import("jest").Config}
 */
module.exports = {
  rootDir: "../..",
  roots: ["<rootDir>/test/interruption"],
  testEnvironment: "node",
  testMatch: ["**/*.interruption.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] },
  testTimeout: 600_000,
  reporters: ["default", "<rootDir>/test/interruption/progress-reporter.cjs"],
  maxWorkers: 1,
};
