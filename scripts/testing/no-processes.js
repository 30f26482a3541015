/**
 * Stands in for `node:child_process` in unit tests. A unit test is pure code: whoever starts a process, however deep
 * below the test, fails it. Such a test is named `*.integration.test.ts`.
 */
const starters = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];

function refusal(name) {
  return (command) => {
    globalThis.startedProcesses = [...(globalThis.startedProcesses ?? []), `${name}(${String(command)})`];
    throw new Error(`${name}(${String(command)}): a unit test starts no process`);
  };
}

module.exports = {
  ...Object.fromEntries(starters.map((name) => [name, refusal(name)])),
  // execa asks for it when it loads.
  ChildProcess: class ChildProcess {},
};
