import { REFUSAL_CODES, REFUSAL_STATUS, retryAfterSeconds } from "./api";

describe("refusals", () => {
  it("are errors, but for the one that asks to wait", () => {
    expect(REFUSAL_CODES.filter((code) => REFUSAL_STATUS[code] < 400)).toEqual(["profile_pending"]);
  });
});

describe("retryAfterSeconds", () => {
  it.each([
    ["3", 3],
    ["600", 30],
    ["0.1", 1],
    ["-5", 1],
    ["Infinity", 30],
    ["", 5],
    [null, 5],
    ["Wed, 21 Oct 2026 07:28:00 GMT", 5],
  ])("of Retry-After %p is %p", (header, seconds) => {
    expect(retryAfterSeconds(header)).toBe(seconds);
  });
});
