/** `npm run mutation`: whether the unit tests of the rules would notice a change in them. */
export default {
  plugins: ["@stryker-mutator/jest-runner", "@stryker-mutator/typescript-checker"],
  testRunner: "jest",
  coverageAnalysis: "perTest",
  jest: {
    configFile: "jest.config.cjs",
    config: { roots: ["<rootDir>/test/config", "<rootDir>/test/constructs/core"] },
  },
  checkers: ["typescript"],
  tsconfigFile: "tsconfig.build.json",
  mutate: ["config/**/*.ts", "constructs/core/**/*.ts"],
  // What the tests do not read need not be copied.
  ignorePatterns: [
    "dist",
    "cdktf.out",
    "coverage",
    ".sandbox",
    "packages",
    "/sandbox",
    "/delivery",
    "bench",
  ],
  thresholds: { high: 95, low: 90, break: 80 },
  reporters: ["clear-text", "html", "json"],
  htmlReporter: { fileName: "reports/mutation/mutation.html" },
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
};
