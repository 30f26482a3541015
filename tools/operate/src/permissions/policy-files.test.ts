import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sampleConfig } from "@studio-access/config/testing";
import { deployerPolicies } from "@studio-access/permissions";

import { chosenAccounts, writePolicies } from "./policy-files";

const ALL = deployerPolicies(sampleConfig());

describe("the policies' files", () => {
  it("are one per policy and account, to give to the AWS CLI", async () => {
    const folder = await mkdtemp(join(tmpdir(), "policies-"));
    try {
      const files = await writePolicies(join(folder, "new"), chosenAccounts(ALL, ["lob-a"]));
      expect(files.map(([account, id, file]) => [account, id, file.slice(folder.length)])).toEqual([
        ["lob-a", "222222222222", "/new/lob-a-look.json"],
        ["lob-a", "222222222222", "/new/lob-a-change.json"],
      ]);
      const text = await readFile(join(folder, "new/lob-a-look.json"), "utf8");
      expect(JSON.parse(text)).toMatchObject({ Version: "2012-10-17" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("are of all accounts when none is named, and of no unknown one", () => {
    expect(chosenAccounts(ALL, [])).toBe(ALL);
    expect(() => chosenAccounts(ALL, ["lob-x"])).toThrow(
      "The config has no account lob-x; it has shared-services, lob-a, lob-b.",
    );
  });
});
