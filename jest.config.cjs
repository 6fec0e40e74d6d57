/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] },
  globalSetup: "<rootDir>/test/support/make-temporary-root.cjs",
  globalTeardown: "<rootDir>/test/support/remove-temporary-root.cjs",
  setupFilesAfterEnv: ["<rootDir>/test/support/jest-setup.ts"],
  collectCoverageFrom: ["constructs/**/*.ts", "config/**/*.ts"],
  coverageThreshold: { global: { lines: 95, branches: 90 } },
};
