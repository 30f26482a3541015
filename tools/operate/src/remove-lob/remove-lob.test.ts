import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { examineText, type Config } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { typed } from "../config-edit/testing/typed";
import { workingFolder } from "../environment/working-folder";
import { startHttpServer, type HttpServer } from "../open/testing/http-server";
import { JournalFile } from "../teardown/journal";
import { command, removeLob } from "./command";

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "remove-lob-"));
  file = join(root, "test.json");
  write(sampleConfig());
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(config: Config): void {
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`);
}

/** Writes the state of a stack, with this number of resources. */
function deploy(stack: string, resources: number): void {
  const path = join(root, ".studio-access/state/test", `${stack}.tfstate`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stateWith(resources));
}

function stateWith(resources: number): string {
  const instances = Array.from({ length: resources }, () => ({ attributes: { id: "x" } }));
  const vpcs = { mode: "managed", type: "aws_vpc", name: "Vpc", instances };
  return JSON.stringify({ version: 4, outputs: {}, resources: [vpcs] });
}

async function remove(name: string, more: { readonly dryRun?: true } = {}): Promise<string> {
  return removeLob({ name, config: file, ...more }, root);
}

/** What the command says when it refuses, after which the file must be as it was. */
async function refusal(name: string): Promise<string> {
  const before = readFileSync(file, "utf8");
  const said = await remove(name).catch((error: unknown) => String(error));
  expect(readFileSync(file, "utf8")).toBe(before);
  return said;
}

function names(): readonly string[] {
  const validation = examineText(readFileSync(file, "utf8"));
  if ("problems" in validation) throw new Error(JSON.stringify(validation.problems));
  return validation.config.linesOfBusiness.map(({ name }) => name);
}

describe("a line of business of which nothing is deployed", () => {
  it.each([
    ["after a teardown", 0],
    ["before its first deploy", undefined],
  ])("leaves the config %s, and the command says which stacks name its account", async (_when, resources) => {
    deploy("networking", 3);
    if (resources !== undefined) deploy("lob-b", resources);
    const printed = await remove("lob-b");
    expect(names()).toEqual(["lob-a"]);
    expect(printed).toContain(`${file}: lob-b removed\n\n`);
    expect(printed).toContain('-         "cai"');
    expect(printed).toMatch(
      new RegExp(`1\\. If dataRetention was set to "delete"[^]*2\\. networking and access still name its account:
     \\./studio deploy networking access --config ${file}$`),
    );
  });

  it("is shown with --dry-run, and stays", async () => {
    deploy("networking", 3);
    const printed = await remove("lob-b", { dryRun: true });
    expect(printed).toContain("would change (--dry-run: nothing was written): lob-b removed");
    expect(printed).toContain('-       "name": "lob-b"');
    expect(names()).toEqual(["lob-a", "lob-b"]);
  });

  it("leaves nothing to deploy in an Organization", async () => {
    deploy("networking", 3);
    write({ ...sampleConfig(), organizationId: "o-abcdefghij" });
    const printed = await remove("lob-b");
    expect(printed).toContain("No other stack names its account");
    expect(printed).not.toContain("./studio deploy");
  });

  it("goes with a warning where nothing at all is deployed, since another checkout may have the states", async () => {
    const printed = await remove("lob-a");
    expect(names()).toEqual(["lob-b"]);
    expect(printed).toContain(
      "The hub has no state in .studio-access/state/test, so nothing is deployed from",
    );
    expect(printed).not.toContain("./studio deploy");
  });

  it("is removed by the command as it is typed", async () => {
    // The command looks into this checkout's states, where no test deploys anything.
    const state = { backend: "local", directory: ".studio-access/state/no-test-deploys-here" } as const;
    write({ ...sampleConfig(), state });
    const { printed } = await typed(command, file, "--name", "lob-b");
    expect(printed).toContain("lob-b removed");
    expect(names()).toEqual(["lob-a"]);
  });
});

describe("a line of business stays in the config", () => {
  it("while its stack has resources, and the command says how to remove them", async () => {
    deploy("networking", 3);
    deploy("lob-b", 2);
    const said = await refusal("lob-b");
    expect(said).toContain("lob-b is still deployed.");
    expect(said).toContain(`./studio teardown --lob lob-b --dry-run --config ${file}\n`);
    expect(said).toContain(
      `2. Remove it:\n     ./studio teardown --lob lob-b --confirm test --config ${file}\n`,
    );
    expect(said).toMatch(new RegExp(`3\\. Then[^]*\\./studio remove-lob --name lob-b --config ${file}$`));
    expect(said).not.toMatch(/dataRetention|ci-access/);
  });

  it("while the config keeps its users' data, which a teardown does not delete", async () => {
    write({ ...sampleConfig(), dataRetention: "retain" });
    deploy("lob-b", 2);
    await expect(refusal("lob-b")).resolves.toMatch(
      /1\. The config keeps users' data[^]*docs\/runbook\.md#remove-a-line-of-business[^]*teardown --lob lob-b --confirm/,
    );
  });

  it("while an interrupted teardown has left something of its domain", async () => {
    const folder = workingFolder({ root, configFile: file, environment: "test", command: "teardown" });
    const domain = {
      lob: "lob-b",
      domainId: "d-1",
      domainArn: "arn:aws:sagemaker:eu-west-1:333333333333:domain/d-1",
    };
    await new JournalFile(folder).add([domain]);
    await expect(refusal("lob-b")).resolves.toContain("./studio teardown --lob lob-b --confirm test");
    await new JournalFile(folder).drop(["d-1"]);
    await remove("lob-b");
    expect(names()).toEqual(["lob-a"]);
  });

  it.each([
    ["unknown", "lob-x", "The config has no line of business lob-x, only lob-a, lob-b."],
    ["unknown, and misleads to another file", "../lob-b", "The config has no line of business ../lob-b"],
  ])("when the name is %s", async (_what, name, message) => {
    await expect(refusal(name)).resolves.toContain(message);
  });

  it("when it is the only one, even while it is deployed", async () => {
    const { linesOfBusiness, ...rest } = sampleConfig();
    write({ ...rest, linesOfBusiness: linesOfBusiness.slice(0, 1) });
    deploy("lob-a", 2);
    const said = await refusal("lob-a");
    expect(said).toContain("lob-a is the only line of business, and a config needs one");
    expect(said).not.toContain("--lob");
  });
});

describe("in a config with workflows", () => {
  const before = { ...process.env };
  let bucket: HttpServer;
  let states: Readonly<Record<string, number>>;

  beforeEach(async () => {
    bucket = await startHttpServer(({ path }) => {
      const stack = /^\/our-states\/studio-access\/test\/([\w-]+)\.tfstate/.exec(path)?.[1] ?? "";
      const resources = states[stack];
      return resources === undefined
        ? { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" }
        : { status: 200, body: stateWith(resources) };
    });
    const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
    Object.assign(process.env, { ...credentials, AWS_ENDPOINT_URL: bucket.url });
  });

  afterEach(() => {
    bucket.close();
    process.env = { ...before };
  });

  function writeWithProvidersIn(...accountsWithProvider: string[]): void {
    const { linesOfBusiness, sharedServices, ...rest } = sampleConfig();
    const credentials = (profile: string): { readonly profile: string } => ({ profile });
    write({
      ...rest,
      state: { backend: "s3", bucket: "our-states", region: "eu-west-1" },
      ci: { repository: "a/b", defaultBranch: "main", deployEnvironment: "test", accountsWithProvider },
      sharedServices: { ...sharedServices, credentials: credentials("shared") },
      linesOfBusiness: linesOfBusiness.map((lob) => ({
        ...lob,
        account: { ...lob.account, credentials: credentials(lob.name) },
      })),
    });
  }

  it("it stays while an administrator's stack has roles in its account", async () => {
    writeWithProvidersIn();
    states = { networking: 3, "lob-b": 0, "ci-access": 4, "ci-access-lob-b": 4 };
    const said = await refusal("lob-b");
    expect(said).toMatch(
      /1\. An administrator removes [^]*\n {5}npx cdktf destroy ci-access-lob-b\n2\. Then/,
    );
    expect(said).not.toContain("teardown");
    states = { networking: 3, "ci-access": 4 };
    await remove("lob-b");
    expect(names()).toEqual(["lob-a"]);
  });

  it("it stays while another part of the config names its account", async () => {
    writeWithProvidersIn("333333333333");
    states = { networking: 3 };
    await expect(refusal("lob-b")).resolves.toMatch(
      /would have with lob-b removed: 1 problem\n\n1\. ci\.accountsWithProvider\[0\] = "333333333333"/,
    );
  });
});
