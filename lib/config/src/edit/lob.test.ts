import { readFileSync } from "node:fs";
import { join } from "node:path";

import { examineText } from "../load";
import type { Config } from "../schema";
import { configText, LAYOUTS } from "../testing/config-texts";
import { sampleConfig } from "../testing/sample";
import { proposedLob, withLob, withoutLob, type NewLob } from "./lob";

const WANTED: NewLob = { name: "lob-c", accountId: "444455556666", users: ["dee"] };

/** The sample, where the lines of business have these profiles. */
function withProfiles(...profiles: readonly string[]): Config {
  const config = sampleConfig();
  config.linesOfBusiness.forEach(({ account }, index) => {
    account.credentials = { profile: profiles[index] ?? "" };
  });
  return config;
}

describe("a new line of business", () => {
  it("is like the others, in the next free range", () => {
    expect(proposedLob(sampleConfig(), WANTED)).toEqual({
      name: "lob-c",
      account: { id: "444455556666", credentials: { assumeRole: "arn:aws:iam::444455556666:role/deploy" } },
      cidr: "10.96.0.0/16",
      domainName: "studio-lob-c",
      users: ["dee"],
    });
  });

  it("takes what it is given", () => {
    const given = { credentials: { profile: "mine" }, cidr: "10.99.0.0/20", domainName: "research" };
    expect(proposedLob(sampleConfig(), { ...WANTED, ...given })).toMatchObject({
      account: { credentials: { profile: "mine" } },
      cidr: "10.99.0.0/20",
      domainName: "research",
    });
  });

  it("has a range of the last one's size, apart from every other", () => {
    const config = sampleConfig();
    config.network.lobSupernets = ["10.100.0.0/15", "172.17.0.0/16", "10.104.0.0/16"];
    config.linesOfBusiness[1]!.cidr = "10.101.0.0/20";
    expect(proposedLob(config, WANTED).cidr).toBe("10.101.16.0/20");
    config.linesOfBusiness[1]!.cidr = "10.101.0.0/16";
    expect(proposedLob(config, WANTED).cidr).toBe("10.104.0.0/16");
  });

  it("is refused where no range is free", () => {
    const config = sampleConfig();
    config.network.lobSupernets = ["10.100.0.0/15"];
    expect(() => proposedLob(config, WANTED)).toThrow(
      "network.lobSupernets (10.100.0.0/15) has no free /16: add a range there, or name a smaller one with --cidr.",
    );
  });

  it.each([
    ["with the name in them", ["infra-lob-a-profile", "infra-lob-b-profile"], "infra-lob-c-profile"],
    ["with the id in them", ["p222222222222", "p333333333333"], undefined],
    ["with the id as a word", ["p-222222222222", "p-333333333333"], "p-444455556666"],
    ["of another form each", ["lob-a-admin", "lob-b"], undefined],
    ["without a form", ["red", "blue"], undefined],
  ])("takes the form of profiles %s", (_what, profiles, expected) => {
    const propose = (): unknown => proposedLob(withProfiles(...profiles), WANTED).account.credentials;
    if (expected === undefined) expect(propose).toThrow("give --profile NAME or --role ARN");
    else expect(propose()).toEqual({ profile: expected });
  });

  it("is refused without credentials where the others have roles and profiles", () => {
    const config = sampleConfig();
    config.linesOfBusiness[0]!.account.credentials = { profile: "lob-a" };
    expect(() => proposedLob(config, WANTED)).toThrow("give --profile NAME or --role ARN");
  });

  it.each(LAYOUTS)("is added behind the others in a file with %s", (layout) => {
    const config = sampleConfig();
    const lob = proposedLob(config, WANTED);
    const after = withLob(configText(config, layout), lob);
    expect(examineText(after)).toEqual({
      config: { ...config, linesOfBusiness: [...config.linesOfBusiness, lob] },
    });
  });

  it("is laid out as in the project's own file, of which no other line changes", () => {
    const before = readFileSync(join(__dirname, "../../../../config/local.json"), "utf8");
    const config = examineText(before) as { config: Config };
    const after = withLob(before, proposedLob(config.config, WANTED));
    expect(after.replace(before.slice(0, before.indexOf('\n  ],\n  "onPremise"')), "")).toBe(`,
    {
      "name": "lob-c",
      "account": {
        "id": "444455556666",
        "credentials": { "assumeRole": "arn:aws:iam::444455556666:role/studio-access-deploy" }
      },
      "cidr": "10.96.0.0/16",
      "domainName": "studio-lob-c",
      "users": ["dee"]
    }
  ],
${before.slice(before.indexOf('  "onPremise"'))}`);
  });

  it("has a line per user where they do not fit on one", () => {
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const lob = proposedLob(sampleConfig(), { ...WANTED, users });
    const text = withLob(JSON.stringify(sampleConfig(), null, 2), lob);
    expect(text).toContain('"users": [\n        "user-0",\n        "user-1",');
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(110);
  });
});

describe("a line of business that goes", () => {
  it.each(LAYOUTS)("leaves every other byte as it was before it came, in a file with %s", (layout) => {
    const before = configText(sampleConfig(), layout);
    const text = withLob(before, proposedLob(sampleConfig(), WANTED));
    expect(withoutLob(text, "lob-c")).toBe(before);
  });

  it.each(LAYOUTS)("may be the first one, in a file with %s", (layout) => {
    const config = sampleConfig();
    const after = withoutLob(configText(config, layout), "lob-a");
    expect(examineText(after)).toEqual({
      config: { ...config, linesOfBusiness: config.linesOfBusiness.slice(1) },
    });
  });

  it("is one of the config, and not the only one", () => {
    const text = configText(sampleConfig(), "two blanks");
    expect(() => withoutLob(text, "lob-x")).toThrow("no line of business lob-x, only lob-a, lob-b");
    expect(() => withoutLob(withoutLob(text, "lob-a"), "lob-b")).toThrow(
      "lob-b is the only line of business",
    );
  });
});
