declare global {
  /** Set by no-processes.js. */
  var startedProcesses: string[] | undefined;
}

/** Fails a unit test file that tried to start a process, even when the code under test caught the error. */
afterAll(() => {
  expect(globalThis.startedProcesses ?? []).toEqual([]);
});

export {};
