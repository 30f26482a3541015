import { withDeadline } from "./deadline";

const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe("withDeadline", () => {
  it("passes on the work's result, and leaves no timer behind", async () => {
    await expect(withDeadline(1000, () => Promise.resolve("done"))).resolves.toBe("done");
    expect(jest.getTimerCount()).toBe(0);
  });

  it("passes on the work's own error, and leaves no timer behind", async () => {
    const error = new Error("its own");
    await expect(withDeadline(1000, () => Promise.reject(error))).rejects.toBe(error);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("refuses at the deadline although the work ignores its signal", async () => {
    const late = expect(withDeadline(1000, never)).rejects.toMatchObject({
      code: "upstream_timeout",
      reason: "deadline_passed",
    });
    jest.advanceTimersByTime(1000);
    await late;
  });

  it("does not refuse a moment earlier", async () => {
    const settled = jest.fn();
    void withDeadline(1000, never).catch(settled);
    await jest.advanceTimersByTimeAsync(999);
    expect(settled).not.toHaveBeenCalled();
  });

  it("aborts the work at the deadline, and reports the deadline and not the abort", async () => {
    const signals: AbortSignal[] = [];
    const abortable = (signal: AbortSignal): Promise<never> => {
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("aborted"));
        });
      });
    };
    const late = expect(withDeadline(1000, abortable)).rejects.toMatchObject({ reason: "deadline_passed" });
    jest.advanceTimersByTime(1000);
    await late;
    expect(signals[0]?.aborted).toBe(true);
  });
});
