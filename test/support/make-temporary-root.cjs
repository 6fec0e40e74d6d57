const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/**
 * Gives the run one temporary directory, which the workers and all that they start inherit: whatever tests and programs
 * leave in it, killed ones included, goes at the end. The name is short because on macOS a socket's whole path may have
 * no more than 103 characters, half of which are gone before it.
 */
module.exports = () => {
  globalThis.temporaryRoot = { path: mkdtempSync(join(tmpdir(), "jest-")), outer: tmpdir() };
  process.env.TMPDIR = globalThis.temporaryRoot.path;
};
