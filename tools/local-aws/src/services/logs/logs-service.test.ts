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

  it("passes every other call on as it is", async () => {
    const moto = new FakeMoto({ forward: () => jsonAnswer({ logGroups: [] }) });
    const call = fakeCall({ service: "logs", operation: "DescribeLogGroups", body: "{}" });
    await new LogsService(moto).handle(call);
    expect(moto.forwarded.map((one) => one.body)).toEqual(["{}"]);
  });
});
