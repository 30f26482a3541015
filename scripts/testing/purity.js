/** Fails a unit test file that tried to start a process, even where the code under test caught the error. */
afterAll(() => {
  expect(globalThis.startedProcesses ?? []).toEqual([]);
});
