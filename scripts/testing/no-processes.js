/**
 * Stands in for `node:child_process` in unit tests. A unit test is pure code: whoever starts a process, however deep
 * below the test, fails it. Such a test is named `*.integration.test.ts`.
 */
const starters = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];

for (const name of starters)
  exports[name] = (command) => {
    globalThis.startedProcesses = [...(globalThis.startedProcesses ?? []), `${name}(${String(command)})`];
    throw new Error(`${name}(${String(command)}): a unit test starts no process`);
  };
// execa passes it on when it loads.
exports.ChildProcess = class ChildProcess {};
