import { spawnSync } from "node:child_process";

describe("a unit test", () => {
  it("cannot start a process, and fails when it tries", () => {
    expect(() => spawnSync("node")).toThrow("spawnSync(node): a unit test starts no process");
    expect(globalThis.startedProcesses).toEqual(["spawnSync(node)"]);
    globalThis.startedProcesses = [];
  });
});
