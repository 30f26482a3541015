import fc from "fast-check";

import { examineText } from "../load";
import { configText, LAYOUTS } from "../testing/config-texts";
import { sampleConfig } from "../testing/sample";
import type { Config } from "../schema";
import {
  lobOfUser,
  withoutUsers,
  withUserBlocked,
  withUserReadmitted,
  withUsers,
  withUsersMoved,
} from "./users";

const SAMPLE = `${JSON.stringify(sampleConfig(), null, 2)}\n`;

function configOf(text: string): Config {
  const validation = examineText(text);
  if ("problems" in validation) throw new Error(JSON.stringify(validation.problems));
  return validation.config;
}

function usersIn(text: string): readonly (readonly string[])[] {
  return configOf(text).linesOfBusiness.map(({ users }) => users);
}

/** Some user names that no other part of the config has. */
const newNames = fc.uniqueArray(fc.stringMatching(/^new-[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 4 });
const layouts = fc.constantFrom(...LAYOUTS);
const lobUsers = fc.uniqueArray(fc.stringMatching(/^old-[a-z0-9]{1,6}$/), { maxLength: 4 });

describe("users of a config's text", () => {
  it.each(LAYOUTS)("are added and removed in a file with %s", (layout) => {
    const before = configText(sampleConfig(), layout);
    const after = withUsers(before, "lob-b", ["dee", "eve"]);
    expect(usersIn(after)).toEqual([
      ["ann", "bob"],
      ["cai", "dee", "eve"],
    ]);
    expect(usersIn(withoutUsers(after, ["cai", "ann", "eve"]))).toEqual([["bob"], ["dee"]]);
  });

  it("stand on one line, or on lines of their own, as the others do", () => {
    const inline = withUsers(SAMPLE.replace(/\[\s+"cai"\s+\]/, '["cai"]'), "lob-b", ["dee"]);
    expect(inline).toContain('"users": ["cai", "dee"]');
    expect(withUsers(SAMPLE, "lob-b", ["dee"])).toContain('        "cai",\n        "dee"\n      ]');
  });

  it("leave the same bytes when they are added and removed again, in any layout", () => {
    fc.assert(
      fc.property(layouts, lobUsers, newNames, fc.boolean(), (layout, users, names, backwards) => {
        const config = sampleConfig();
        config.linesOfBusiness[1]!.users = users;
        const before = configText(config, layout);
        const added = withUsers(before, "lob-b", names);
        expect(usersIn(added)[1]).toEqual([...users, ...names]);
        expect(withoutUsers(added, backwards ? names.toReversed() : names)).toBe(before);
      }),
    );
  });

  it("move to another line of business, and nothing else changes", () => {
    const moved = withUsersMoved(SAMPLE, ["ann"], "lob-b");
    const expected = sampleConfig();
    expected.linesOfBusiness[0]!.users = ["bob"];
    expected.linesOfBusiness[1]!.users = ["cai", "ann"];
    expect(configOf(moved)).toEqual(expected);
  });

  it.each([
    [
      "a line of business that is not there",
      () => withUsers(SAMPLE, "lob-x", ["dee"]),
      "no line of business lob-x, only lob-a, lob-b",
    ],
    [
      "a user of another one",
      () => withUsers(SAMPLE, "lob-b", ["ann"]),
      "`./studio move-user ann --to lob-b` moves the user",
    ],
    ["a user who is there", () => withUsers(SAMPLE, "lob-a", ["ann"]), "ann is in lob-a already."],
    ["to remove a stranger", () => withoutUsers(SAMPLE, ["zoe"]), "`./studio config` lists the users"],
    ["to remove a name that is nearly one", () => withoutUsers(SAMPLE, ["Ann"]), "did you mean ann?"],
    ["to move a stranger", () => withUsersMoved(SAMPLE, ["zoe"], "lob-a"), "zoe is in no line of business"],
    [
      "to move a user to where they are",
      () => withUsersMoved(SAMPLE, ["ann"], "lob-a"),
      "ann is in lob-a already.",
    ],
    [
      "a config with problems",
      () => withUsers(SAMPLE.replace("eu-west-1", "mars"), "lob-a", ["dee"]),
      "region",
    ],
  ])("refuse %s", (_what, edit, message) => {
    expect(edit).toThrow(message);
  });

  it("tell their line of business", () => {
    expect(lobOfUser(sampleConfig(), "cai")).toBe("lob-b");
  });
});

describe("blocked users of a config's text", () => {
  const blockedIn = (text: string): readonly unknown[] =>
    configOf(text).linesOfBusiness.map(({ blockedUsers }) => blockedUsers);

  it("leave the same bytes when they are blocked and readmitted, in any layout", () => {
    fc.assert(
      fc.property(layouts, newNames, (layout, names) => {
        const before = configText(sampleConfig(), layout);
        const after = names.reduce((text, name) => withUserBlocked(text, "lob-b", name), before);
        expect(blockedIn(after)).toEqual([undefined, names]);
        const again = names.reduce((text, name) => withUserBlocked(text, "lob-b", name), after);
        expect(again).toBe(after);
        expect(names.reduce((text, name) => withUserReadmitted(text, name), after)).toBe(before);
      }),
    );
  });

  it("are readmitted wherever they are blocked", () => {
    const both = withUserBlocked(withUserBlocked(SAMPLE, "lob-a", "eve"), "lob-b", "eve");
    const more = withUserBlocked(both, "lob-b", "dee");
    expect(blockedIn(withUserReadmitted(more, "eve"))).toEqual([undefined, ["dee"]]);
  });

  it("are blocked in a line of business that the config has", () => {
    expect(() => withUserBlocked(SAMPLE, "lob-x", "eve")).toThrow(/no line of business lob-x/);
  });
});
