/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  // A worker waits for Terraform most of the time: leaving a core free for it, as is the default, takes twice as long on two.
  maxWorkers: "100%",
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] },
  globalSetup: "<rootDir>/test/support/make-temporary-root.cjs",
  globalTeardown: "<rootDir>/test/support/remove-temporary-root.cjs",
  setupFilesAfterEnv: ["<rootDir>/test/support/jest-setup.ts"],
  collectCoverageFrom: ["constructs/**/*.ts", "config/**/*.ts"],
  coverageThreshold: { global: { lines: 95, branches: 90 } },
};
