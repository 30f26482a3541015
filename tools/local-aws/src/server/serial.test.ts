import { Serial } from "./serial";

describe("Serial", () => {
  it("starts a task only when the one before it has ended", async () => {
    const serial = new Serial();
    const events: string[] = [];
    const task = (name: string) => async (): Promise<string> => {
      events.push(`${name} starts`);
      await Promise.resolve();
      events.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([serial.run(task("a")), serial.run(task("b"))])).toEqual(["a", "b"]);
    expect(events).toEqual(["a starts", "a ends", "b starts", "b ends"]);
  });

  it("runs the next task after a task that failed", async () => {
    const serial = new Serial();
    const failed = serial.run(() => Promise.reject(new Error("no")));
    const next = serial.run(() => Promise.resolve("next"));
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe("next");
  });
});
