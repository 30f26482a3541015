import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate, type Ended } from "./operator-command";

interface Finding {
  readonly check: string;
  readonly result: "ok" | "warn" | "fail";
  readonly detail: string;
  readonly remedy?: string;
}

interface Examined extends Ended {
  readonly findings: readonly Finding[];
}

const LOB_A = "222222222222";
const STRANGERS_ACCOUNT = "444444444444";

const CHECKS = [
  "Node.js",
  "Terraform",
  "config",
  "AWS provider",
  "credentials",
  "zones",
  "endpoint services",
  "organization",
  "RAM sharing",
  "API Gateway's log role",
  "quotas",
  "policy sizes",
  "state bucket",
];

/** On a working deployment, every check runs and none fails. */
export async function doctorFindsNoFault(deployment: LocalDeployment): Promise<void> {
  const { code, stdout, findings } = await examine(deployment);
  expect(findings.filter(({ result }) => result !== "ok")).toEqual([]);
  expect({ code, said: stdout.includes("0 to look at, 0 failed") }).toEqual({ code: 0, said: true });
  expect([...new Set(findings.map(({ check }) => check.replace(/ \(.*\)$/, "")))]).toEqual(CHECKS);
}

/** A profile of another account and an unknown zone are reported with remedies, and all other checks still run. */
export async function doctorNamesWrongAccountAndZone(deployment: LocalDeployment): Promise<void> {
  const { linesOfBusiness } = deployment.workspace.config;
  await addProfile(deployment, "wrong-account", LOB_A);
  const account = { id: STRANGERS_ACCOUNT, credentials: { profile: "wrong-account" } };
  const wrong = {
    linesOfBusiness: linesOfBusiness.map((lob) => (lob.name === "lob-a" ? { ...lob, account } : lob)),
    availabilityZoneIds: ["euw1-az1", "euw1-az9"],
  };
  const { code, findings } = await examineWith(deployment, wrong);
  expect(code).toBe(1);
  expect(findings.filter(({ result }) => result === "fail")).toEqual([
    {
      check: "credentials (lob-a)",
      result: "fail",
      detail: `profile wrong-account leads to account ${LOB_A}, the config says ${STRANGERS_ACCOUNT}`,
      remedy: "correct linesOfBusiness[0].account.id, or what profile wrong-account leads to",
    },
    ...["shared-services", "lob-b"].map((name) => ({
      check: `zones (${name})`,
      result: "fail",
      detail: "the account has no zone euw1-az9",
      remedy: "write two of euw1-az1, euw1-az2, euw1-az3 as availabilityZoneIds",
    })),
  ]);
  expect(findings).toContainEqual({
    check: "zones (lob-a)",
    result: "warn",
    detail: "not checked: the credentials of lob-a do not lead to its account",
  });
  expect(findings).toContainEqual(expect.objectContaining({ check: "quotas (lob-b)", result: "ok" }));
}

/** Every problem of an invalid config is reported by itself, and the checks that are possible still run. */
export async function doctorListsEveryProblemOfTheConfig(deployment: LocalDeployment): Promise<void> {
  const { linesOfBusiness } = deployment.workspace.config;
  const [lobA] = linesOfBusiness;
  const broken = { cidr: lobA?.cidr, domainName: "studio_b" };
  const { code, findings } = await examineWith(deployment, {
    linesOfBusiness: linesOfBusiness.map((lob) => (lob.name === "lob-b" ? { ...lob, ...broken } : lob)),
  });
  expect(code).toBe(1);
  expect(findings.filter(({ result }) => result === "fail")).toEqual([
    expect.objectContaining({
      check: "config",
      detail: expect.stringMatching(
        /^linesOfBusiness\[1\]\.domainName = "studio_b": must be 2 to 63 letters/,
      ) as unknown,
    }),
    expect.objectContaining({
      check: "config",
      detail: expect.stringMatching(
        /^linesOfBusiness\[1\]\.cidr = .*overlaps linesOfBusiness\[0\]\.cidr/,
      ) as unknown,
      remedy: expect.stringMatching(/free range/) as unknown,
    }),
  ]);
  expect(findings).toContainEqual(expect.objectContaining({ check: "credentials (lob-b)", result: "ok" }));
  expect(findings).toContainEqual({
    check: "endpoint services",
    result: "warn",
    detail: "not checked: the stacks do not synthesize",
  });
}

/** Runs the doctor with another config than the deployed one; it may even fail to synthesize. */
async function examineWith(deployment: LocalDeployment, change: object): Promise<Examined> {
  const { config, directory } = deployment.workspace;
  const file = join(directory, "examined.json");
  await writeFile(file, JSON.stringify({ ...config, ...change }));
  return examine(deployment, ["--config", file]);
}

async function examine(deployment: LocalDeployment, args: readonly string[] = []): Promise<Examined> {
  const file = join(deployment.workspace.directory, "doctor.json");
  const ended = await operate(deployment, "doctor", ["--json", file, ...args]);
  const { findings } = JSON.parse(await readFile(file, "utf8")) as { findings: readonly Finding[] };
  return { ...ended, findings };
}

async function addProfile({ workspace }: LocalDeployment, name: string, account: string): Promise<void> {
  const lines = [
    `[profile ${name}]`,
    `role_arn = arn:aws:iam::${account}:role/studio-access-deploy`,
    "source_profile = default",
  ];
  await appendFile(join(workspace.directory, "aws-config"), `\n${lines.join("\n")}\n`);
}
