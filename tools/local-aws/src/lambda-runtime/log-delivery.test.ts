import { LogDelivery, type LogTarget } from "./log-delivery";

const target: LogTarget = { account: "111111111111", region: "eu-west-1", group: "/api", stream: "one" };

/** CloudWatch Logs with one log group, or none. */
class FakeLogs {
  hasGroup = true;
  readonly streams = new Map<string, string[]>();

  json(...[, , , operation, body]: [string, string, string, string, unknown]): Promise<unknown> {
    const { logStreamName = "", logEvents = [] } = body as {
      logStreamName?: string;
      logEvents?: { message: string }[];
    };
    const lines = this.streams.get(logStreamName);
    if (!this.hasGroup) return Promise.reject(new Error("ResourceNotFoundException"));
    if (operation.endsWith("CreateLogStream")) {
      if (lines) return Promise.reject(new Error("ResourceAlreadyExistsException"));
      this.streams.set(logStreamName, []);
      return Promise.resolve({});
    }
    if (!lines) return Promise.reject(new Error("ResourceNotFoundException"));
    lines.push(...logEvents.map((event) => event.message));
    return Promise.resolve({});
  }
}

describe("LogDelivery", () => {
  it("delivers lines in order, over several deliveries", async () => {
    const logs = new FakeLogs();
    const delivery = new LogDelivery(logs, Date.now);
    delivery.put(target, "a");
    delivery.put(target, "b");
    const first = delivery.flush();
    delivery.put(target, "c");
    await Promise.all([first, delivery.flush()]);
    expect(logs.streams.get("one")).toEqual(["a", "b", "c"]);
  });

  it("loses lines whose log group does not exist, and creates no log group", async () => {
    const logs = new FakeLogs();
    logs.hasGroup = false;
    const delivery = new LogDelivery(logs, Date.now);
    delivery.put(target, "a");
    await expect(delivery.flush()).resolves.toBeUndefined();
    logs.hasGroup = true;
    delivery.put(target, "b");
    await delivery.flush();
    expect(logs.streams.get("one")).toEqual(["b"]);
  });

  it("delivers into a log group that was recreated", async () => {
    const logs = new FakeLogs();
    const delivery = new LogDelivery(logs, Date.now);
    delivery.put(target, "a");
    await delivery.flush();
    logs.streams.clear();
    delivery.put(target, "b");
    await delivery.flush();
    expect(logs.streams.get("one")).toEqual(["b"]);
  });
});
