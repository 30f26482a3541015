import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceChange } from "../model";
import { contextOf, contextWith, created, deleted, planOf } from "../testing/plans";
import type { Finding } from "../rules/rule";
import { rulesFor } from "./configured-rules";
import { DEFAULT_SETTINGS, parseSettings, SettingsError } from "./settings";

const TODAY = "2026-11-22";
const REASON = "the key was never used";

function settings(json: object): ReturnType<typeof parseSettings> {
  return parseSettings(JSON.stringify(json), "plan-review.json");
}

function findings(json: object, ...resources: Omit<ResourceChange, "stack">[]): readonly Finding[] {
  const context = contextWith(...resources);
  return rulesFor(settings(json), TODAY).flatMap((rule) => rule.check(context));
}

function except(more: object): object {
  return { exceptions: [{ rule: "data-loss", address: "aws_kms_key.*", reason: REASON, ...more }] };
}

function problemsOf(json: unknown): readonly string[] {
  try {
    parseSettings(typeof json === "string" ? json : JSON.stringify(json), "plan-review.json");
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ path, text }) => `${path}: ${text}`);
    throw error;
  }
  return [];
}

describe("settings of a review", () => {
  it("may be empty", () => {
    expect(settings({})).toEqual(DEFAULT_SETTINGS);
  });

  it("set a rule's severity, and turn it off", () => {
    const key = deleted("aws_kms_key");
    expect(findings({ rules: { "data-loss": { severity: "warn" } } }, key)).toMatchObject([
      { severity: "warn" },
    ]);
    expect(findings({ rules: { "data-loss": { severity: "off" } } }, key)).toEqual([]);
  });

  it("set a rule's parameters, and leave the others as they are", () => {
    const two = settings({ rules: { "many-destroys": { atMost: 2 } } });
    expect(two.parameters["many-destroys"]).toEqual({ atMost: 2 });
    expect(two.parameters["managed-policy"]).toEqual(DEFAULT_SETTINGS.parameters["managed-policy"]);
    const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const attached = created("aws_iam_role_policy_attachment", { policy_arn: arn });
    expect(findings({ rules: { "managed-policy": { allowed: [arn] } } }, attached)).toEqual([]);
  });

  it("are refused with every problem at once", () => {
    const problems = problemsOf({
      rule: {},
      rules: { "data-los": {}, "many-destroys": { atMost: -1, severity: "stop" } },
      exceptions: [
        { rule: "nothing", address: "", reason: "so", until: "2026-02-30" },
        { rule: "data-loss" },
      ],
    });
    expect(problems.map((text) => text.split(":")[0]).sort()).toEqual([
      "exceptions[0].address",
      "exceptions[0].reason",
      "exceptions[0].rule",
      "exceptions[0].until",
      "exceptions[1].address",
      "exceptions[1].reason",
      "rule",
      "rules.data-los",
      "rules.many-destroys.atMost",
      "rules.many-destroys.severity",
    ]);
    expect(problems.join("\n")).toContain("say why the finding is acceptable");
    expect(problems.join("\n")).toContain("is not a rule; the rules are code-at-plan-time");
  });

  it("are refused when they are not JSON", () => {
    expect(problemsOf("{")).toEqual([": is not JSON; check commas and quotes"]);
  });
});

describe("config/plan-review.json", () => {
  it("can be used", () => {
    const file = join(__dirname, "..", "..", "..", "..", "config", "plan-review.json");
    expect(() => parseSettings(readFileSync(file, "utf8"), file)).not.toThrow();
  });
});

describe("an exception", () => {
  const key = deleted("aws_kms_key");

  it("turns the finding into a note with the reason", () => {
    expect(findings(except({ until: TODAY }), key)).toMatchObject([
      { rule: "data-loss", severity: "note", details: [`excepted until ${TODAY}: ${REASON}`] },
    ]);
  });

  it("applies to its rule, its addresses and its stack alone", () => {
    const other = deleted("aws_dynamodb_table");
    expect(findings(except({}), key, other).map(({ severity }) => severity)).toEqual(["note", "block"]);
    expect(findings(except({ stack: "lob-b" }), key)[0]?.severity).toBe("block");
    expect(findings(except({ rule: "network-cut" }), key)[0]?.severity).toBe("block");
  });

  it("is reported when it matches nothing", () => {
    expect(findings(except({}))).toMatchObject([{ rule: "exceptions", severity: "note" }]);
  });

  it("does not apply after its last day, and is reported", () => {
    const found = findings(except({ until: "2026-11-21" }), key);
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["data-loss", "block"],
      ["exceptions", "note"],
    ]);
  });

  it("matches its pattern literally, except for *", () => {
    const pattern = { exceptions: [{ rule: "data-loss", address: "aws_kms_key.Exam.le", reason: REASON }] };
    expect(findings(pattern, key)[0]?.severity).toBe("block");
  });

  it("says nothing where no stack is reviewed", () => {
    const rules = rulesFor(settings(except({})), TODAY);
    expect(rules.flatMap((rule) => rule.check(contextOf()))).toEqual([]);
    expect(rules.flatMap((rule) => rule.check(contextOf(planOf("access", []))))).toHaveLength(1);
  });
});
