/** Says of each test how it ended, when it has ended: all of them together take too long to wait in silence. */
module.exports = class ProgressReporter {
  onTestCaseResult(_test, { fullName, status, duration }) {
    process.stderr.write(`${status} after ${Math.round((duration ?? 0) / 1000)} s: ${fullName}\n`);
  }
};
