import { parsePsLine, parseStat, runningProcesses } from "./process-list";

describe("the list of processes", () => {
  it("contains this process", () => {
    const own = runningProcesses().find(({ pid }) => pid === process.pid);
    expect(own?.parent).toBe(process.ppid);
  });

  it.each([
    ["in a terminal", "12 (sh) S 7 12 12 34816 12 0", { pid: 12, parent: 7, group: 12, terminal: true }],
    ["without one", "12 (node) R 7 5 5 0 -1 0", { pid: 12, parent: 7, group: 5, terminal: false }],
    ["with an odd name", "12 (a) S 9 (b) S 7 5 5 0 -1 0", { pid: 12, parent: 7, group: 5, terminal: false }],
    ["that has ended", "12 (sh) Z 7 5 5 0 -1 0", undefined],
    ["that ended while it was read", "", undefined],
  ])("reads Linux's line of a process %s", (_, stat, expected) => {
    expect(parseStat(12, stat)).toEqual(expected);
  });

  it.each([
    ["in a terminal", "  12     7    12 Ss+  ttys003 ", { pid: 12, parent: 7, group: 12, terminal: true }],
    ["without one", "   12     7     5 S    ??", { pid: 12, parent: 7, group: 5, terminal: false }],
    ["that has ended", "   12     7     5 Z    ??", undefined],
    ["that is not there", "", undefined],
  ])("reads ps's line of a process %s", (_, line, expected) => {
    expect(parsePsLine(line)).toEqual(expected);
  });
});
