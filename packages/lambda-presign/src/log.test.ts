import { writeLog } from "./log";

describe("a line of the log", () => {
  it("has a timestamp, without which Lambda would set the line's level itself", () => {
    const written = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    writeLog({ level: "INFO", message: "opened", outcome: "redirected", requestId: "r", milliseconds: 1 });
    const line = JSON.parse(String(written.mock.calls[0]?.[0])) as { timestamp: string };
    written.mockRestore();
    expect(line).toMatchObject({ level: "INFO", outcome: "redirected" });
    expect(new Date(line.timestamp).toISOString()).toBe(line.timestamp);
  });
});
