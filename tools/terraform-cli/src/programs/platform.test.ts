import { terraformPlatform } from "./platform";

describe("the platform", () => {
  it.each([
    ["linux", "x64", "linux_amd64"],
    ["linux", "arm64", "linux_arm64"],
    ["darwin", "x64", "darwin_amd64"],
    ["darwin", "arm64", "darwin_arm64"],
  ])("on %s %s is %s", (system, machine, expected) => {
    expect(terraformPlatform(system, machine)).toBe(expected);
  });

  it.each([
    ["win32", "x64"],
    ["linux", "ia32"],
  ])("is an error on %s %s, which is not supported", (system, machine) => {
    expect(() => terraformPlatform(system, machine)).toThrow(`not on ${system} ${machine}`);
  });
});
