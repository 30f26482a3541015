import { vantageOf } from "./vantage-header";

describe("the vantage of a request", () => {
  it.each([
    ["the corporate network when nothing names one", {}, "on-premise"],
    ["the header's", { "x-local-vantage": "internet" }, "internet"],
    ["the cookie's, for a browser", { cookie: "a=b; x-local-vantage=lob-a" }, "lob-a"],
    [
      "the header's before the cookie's",
      { "x-local-vantage": "access", cookie: "x-local-vantage=lob-a" },
      "access",
    ],
    ["no cookie's whose name only ends so", { cookie: "not-x-local-vantage=lob-a" }, "on-premise"],
  ])("is %s", (_what, headers, vantage) => {
    expect(vantageOf(headers)).toBe(vantage);
  });
});
