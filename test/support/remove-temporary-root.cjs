const { rmSync } = require("node:fs");

/** Ends what `make-temporary-root.cjs` began; in watch mode, and under Stryker, another run may follow in this process. */
module.exports = () => {
  const { path, outer } = globalThis.temporaryRoot;
  process.env.TMPDIR = outer;
  rmSync(path, { recursive: true, maxRetries: 5 });
};
