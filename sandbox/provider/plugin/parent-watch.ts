const POLL_INTERVAL_MS = 1000;

/**
 * Calls back once when the process that started this one is gone. Terraform cannot say goodbye when
 * it is killed, and a plugin that nobody talks to would stay for ever.
 */
export function onParentExit(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, POLL_INTERVAL_MS);
}
