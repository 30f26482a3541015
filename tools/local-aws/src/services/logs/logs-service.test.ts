import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { LogsService } from "./logs-service";

const EVENTS = [{ message: '{"code":"a"}' }, { message: '{"code":"b"}' }];

describe("CloudWatch Logs", () => {
  it("filters the events of FilterLogEvents, which moto does not", async () => {
    const moto = new FakeMoto({ forward: () => jsonAnswer({ events: EVENTS, nextToken: "t" }) });
    const body = JSON.stringify({ logGroupName: "g", filterPattern: '{ $.code = "b" }' });
    const call = fakeCall({ service: "logs", operation: "FilterLogEvents", body });
    const reply = await new LogsService(moto).handle(call);
    expect(JSON.parse(reply.body.toString())).toEqual({ events: [EVENTS[1]], nextToken: "t" });
    expect(moto.forwarded.map((one) => one.body)).toEqual(['{"logGroupName":"g"}']);
  });

  it("refuses a retention of days that there are none of, which moto takes", async () => {
    const moto = new FakeMoto({ forward: () => jsonAnswer({}) });
    const put = (retentionInDays: number): Promise<unknown> => {
      const body = JSON.stringify({ logGroupName: "g", retentionInDays });
      return new LogsService(moto).handle(
        fakeCall({ service: "logs", operation: "PutRetentionPolicy", body }),
      );
    };
    await expect(put(31)).rejects.toMatchObject({
      code: "InvalidParameterException",
      message: expect.stringMatching(
        /^Invalid retention value\. Valid values are: \[1, 3, .*3653\]$/,
      ) as unknown,
    });
    await put(30);
    expect(moto.forwarded).toHaveLength(1);
  });

  it("passes every other call on as it is", async () => {
    const moto = new FakeMoto({ forward: () => jsonAnswer({ logGroups: [] }) });
    const call = fakeCall({ service: "logs", operation: "DescribeLogGroups", body: "{}" });
    await new LogsService(moto).handle(call);
    expect(moto.forwarded.map((one) => one.body)).toEqual(["{}"]);
  });
});
