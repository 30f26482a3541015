import { renderValue } from "./problem";

describe("renderValue", () => {
  it.each([
    [undefined, "(missing)"],
    ["10.0.0.0/8", '"10.0.0.0/8"'],
    [null, "null"],
    [["a", 1], '["a", 1]'],
  ])("shows %j as %s", (value, expected) => {
    expect(renderValue(value)).toBe(expected);
  });

  it("shows of an object the keys only, since a value may be a secret", () => {
    expect(renderValue([{ profile: "x", token: "hush" }])).toBe("[{ profile, token }]");
  });

  it("shows nothing of a private key", () => {
    expect(renderValue("-----BEGIN OPENSSH PRIVATE KEY-----\nhush")).toBe("(not shown)");
  });

  it("shortens what is long", () => {
    const text = renderValue("x".repeat(200));
    expect(text).toHaveLength(60);
    expect(text).toMatch(/^"x+…$/);
  });
});
