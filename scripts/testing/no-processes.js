/**
 * Replaces `node:child_process` in unit tests. A unit test must not start a process, not even in code that it calls, and
 * fails when it does. A test that starts processes is named `*.integration.test.ts`.
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
  // execa imports this class when it loads.
  ChildProcess: class ChildProcess {},
};
