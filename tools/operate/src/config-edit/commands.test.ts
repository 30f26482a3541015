import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { examineText, type Config } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { command as addLob } from "../add-lob/command";
import { afterAddingLob } from "../add-lob/next";
import { command as addUser } from "../add-user/command";
import { command as moveUser } from "../move-user/command";
import { command as removeUser } from "../remove-user/command";
import { typed } from "./testing/typed";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-edit-"));
  file = join(folder, "test.json");
  write(sampleConfig());
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(config: Config): string {
  const text = `${JSON.stringify(config, null, 2)}\n`;
  writeFileSync(file, text);
  return text;
}

function configOf(text: string): Config {
  const validation = examineText(text);
  if ("problems" in validation) throw new Error(JSON.stringify(validation.problems));
  return validation.config;
}

const LOB_C = ["--name", "lob-c", "--account", "444455556666", "--users", "dee", "eve"];

describe("add-lob", () => {
  it("adds a line of business, and says what to deploy and what follows", async () => {
    const { printed, text } = await typed(addLob, file, ...LOB_C);
    expect(configOf(text).linesOfBusiness[2]).toEqual({
      name: "lob-c",
      account: { id: "444455556666", credentials: { assumeRole: "arn:aws:iam::444455556666:role/deploy" } },
      cidr: "10.96.0.0/16",
      domainName: "studio-lob-c",
      users: ["dee", "eve"],
    });
    expect(printed).toContain('+       "cidr": "10.96.0.0/16"');
    expect(printed).toContain(
      `1. Deploy its stack:\n     ./studio deploy lob-c --config ${file}\n2. networking and access`,
    );
    expect(printed).toContain(`./studio deploy networking access --config ${file}`);
  });

  it("says nothing of other stacks in an Organization", async () => {
    write({ ...sampleConfig(), organizationId: "o-abcdefghij" });
    const { printed } = await typed(addLob, file, ...LOB_C);
    expect(printed).toContain(`Deploy its stack:\n  ./studio deploy lob-c --config ${file}`);
    expect(printed).not.toContain("networking");
  });

  it("says that an administrator deploys the roles of workflows first", () => {
    const ci = { repository: "a/b", defaultBranch: "main", deployEnvironment: "prod" };
    const steps = afterAddingLob("lob-c", { ...sampleConfig(), ci }, (words) => words);
    expect(steps.map(([, line]) => line)).toEqual([
      "npx cdktf deploy ci-access-lob-c",
      "deploy lob-c",
      "deploy networking access",
    ]);
  });

  it("writes nothing that has problems, and lists these", async () => {
    const before = readFileSync(file);
    await expect(typed(addLob, file, ...LOB_C, "--cidr", "10.100.0.0/16")).rejects.toThrow(
      /test\.json, which stays as it is, would have with lob-c added: 1 problem\n\n1\. linesOfBusiness\[2\]\.cidr = "10\.100\.0\.0\/16"\n {3}rule: .*\n {3}remedy: take a free range, such as 10\.96\.0\.0\/16/,
    );
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["test.json"]);
  });

  it("writes nothing with --dry-run", async () => {
    const before = readFileSync(file, "utf8");
    const { printed, text } = await typed(addUser, file, "--lob", "lob-b", "dee", "--dry-run");
    expect(printed).toContain("would change (--dry-run: nothing was written): dee in lob-b");
    expect(printed).toContain('+         "dee"');
    expect(text).toBe(before);
  });

  it("leaves a problem that was there before to be mended first", async () => {
    write({ ...sampleConfig(), region: "mars" });
    await expect(typed(addLob, file, ...LOB_C)).rejects.toThrow(
      /test\.json: 1 problem\n\n1\. region = "mars"/,
    );
  });

  it("keeps the file's mode, and the link that leads to it", async () => {
    chmodSync(file, 0o640);
    const link = join(folder, "link.json");
    symlinkSync(file, link);
    await typed(addLob, link, ...LOB_C);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFileSync(file, "utf8")).toContain("lob-c");
  });
});

describe("users", () => {
  it("are added, with the stack to deploy", async () => {
    const { printed, text } = await typed(addUser, file, "--lob", "lob-b", "dee");
    expect(configOf(text).linesOfBusiness[1]?.users).toEqual(["cai", "dee"]);
    expect(printed).toContain(
      `sign-in, with a\ngenerated password.\n  ./studio deploy lob-b --config ${file}`,
    );
  });

  it("of the company's own provider have no sign-in of ours", async () => {
    const identity = {
      provider: "oidc" as const,
      issuer: "https://idp.example.com",
      jwksUri: "https://idp.example.com/keys",
      clientId: "c",
      audience: "a",
      userNameClaim: "preferred_username",
    };
    write({ ...sampleConfig(), identity });
    const { printed } = await typed(addUser, file, "--lob", "lob-b", "dee");
    expect(printed).toContain("claim preferred_username must name the users just so");
    expect(printed).not.toContain("sign-in");
  });

  it("are removed, with what the deploy does to what they have", async () => {
    const { printed, text } = await typed(removeUser, file, "ann", "cai");
    expect(configOf(text).linesOfBusiness.map(({ users }) => users)).toEqual([["bob"], []]);
    expect(printed).toMatch(/apps and spaces[^]*deploy lob-a lob-b[^]*home directory stays/);
  });

  it("are moved, with the old line of business to be deployed first", async () => {
    const { printed, text } = await typed(moveUser, file, "ann", "--to", "lob-b");
    expect(configOf(text).linesOfBusiness.map(({ users }) => users)).toEqual([["bob"], ["cai", "ann"]]);
    expect(printed).toMatch(/studio deploy lob-a --config [^]*studio deploy lob-b --config /);
  });

  it("fit 80 columns in what is said of them, but for paths", async () => {
    const { printed } = await typed(moveUser, file, "ann", "--to", "lob-b");
    const lines = printed.split("\n").filter((line) => !line.includes(file));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});
