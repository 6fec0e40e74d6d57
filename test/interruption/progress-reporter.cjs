/** Says of each test how it ended, when it has ended: all of them together take too long to wait in silence. */
module.exports = class ProgressReporter {
  onTestCaseResult(_test, { fullName, status, duration, failureMessages }) {
    const seconds = Math.round((duration ?? 0) / 1000);
    process.stderr.write(`${status} after ${seconds} s: ${fullName}\n`);
    for (const message of failureMessages) process.stderr.write(`${message}\n`);
  }
};
