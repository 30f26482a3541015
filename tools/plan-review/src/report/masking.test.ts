import { planWithout, type Secret } from "../model";
import type { Config } from "@studio-access/config";
import { maskedDeep, maskOf } from "./masking";

// The mask reads only the values of a config.
const CONFIG = { region: "eu-west-1", network: { hubCidr: "10.0.0.0/16" } } as unknown as Config;

function maskWith(...secrets: readonly Secret[]): (text: string) => string {
  return maskOf([{ ...planWithout("lob-a", ""), secrets }], CONFIG);
}

describe("masking", () => {
  it("shows a label in place of a value, also inside longer texts", () => {
    const mask = maskWith({ value: "vpce-1234", label: "networking sts_endpoint_id" });
    expect(mask('{"aws:SourceVpce":"vpce-1234"}')).toBe('{"aws:SourceVpce":"‹networking sts_endpoint_id›"}');
  });

  it("replaces a long value before a shorter one inside it", () => {
    const mask = maskWith(
      { value: "role/x", label: "name" },
      { value: "arn:aws:iam::1:role/x", label: "arn" },
    );
    expect(mask("arn:aws:iam::1:role/x")).toBe("‹arn›");
  });

  it("finds a value as it is spelt in JSON, and in JSON in JSON", () => {
    const secret = 'a"b\\c';
    const mask = maskWith({ value: secret, label: "sensitive" });
    expect(mask(JSON.stringify({ p: secret }))).toBe('{"p":"‹sensitive›"}');
    expect(mask(JSON.stringify({ p: JSON.stringify({ q: secret }) }))).toBe(
      '{"p":"{\\"q\\":\\"‹sensitive›\\"}"}',
    );
  });

  it("shows values from the config, and values that occur in every text", () => {
    const open = ["eu-west-1", "10.0.0.0/16", "true", "443"].map((value) => ({
      value,
      label: "networking x",
    }));
    expect(maskWith(...open)("eu-west-1 10.0.0.0/16 true 443")).toBe("eu-west-1 10.0.0.0/16 true 443");
  });

  it("hides texts, numbers and keys of a whole object", () => {
    const mask = maskWith({ value: "12345678", label: "sensitive" });
    expect(maskedDeep({ a: [12345678, 1], "k-12345678": "12345678" }, mask)).toEqual({
      a: ["‹sensitive›", 1],
      "k-‹sensitive›": "‹sensitive›",
    });
  });
});
