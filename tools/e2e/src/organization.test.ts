import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { checkContext, JOURNEYS, withLobs, workspaceOf } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { browserUrl } from "@studio-access/local-aws";
import { portalOpensStudio, statusOf } from "./stations/portal";
import { expectInNoLog, expectToHold } from "./expectations";
import { atTerminal, kill, processesNaming, shell, until } from "./shell";
import { npmStart, startAndStayUp, type Started } from "./started";

// A deploy of everything takes minutes, and most of this time the AWS provider waits.
jest.setTimeout(15 * 60_000);

const NAME = "e2e-organization";
const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789";

/** Runs `npm start` with an Organization, and then a user's own commands beside it. */
describe("npm start, in an Organization", () => {
  const directory = join(checkoutRoot(), ".studio-access", NAME);
  const given = join(directory, "given.json");
  const configFile = join(directory, "config.json");
  let started: Started;
  let config: Config;

  beforeAll(async () => {
    await mkdir(directory, { recursive: true });
    const local = loadConfig(join(checkoutRoot(), "config/local.json"));
    await writeFile(
      given,
      JSON.stringify({
        ...withLobs(local, 1),
        organizationId: "o-exampleorg1",
        onPremise: null,
        network: { ...local.network, zoneSharing: "profile" },
        access: { ...local.access, domain: { name: "studio.corp.example.com", certificateArn: CERTIFICATE } },
      }),
    );
    started = await startAndStayUp(NAME, "--config", given);
    config = loadConfig(configFile);
  });

  it("deploys with one cdktf deploy, and reports as text and as JSON that all checks hold", async () => {
    const { report } = started;
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      region: "eu-west-1",
      awsEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/execute-api\/\w+\/studio$/) as unknown,
      accounts: [
        { id: "111111111111", name: "shared services" },
        { id: "222222222222", name: "lob-a" },
      ],
      signIns: [{ user: "user-lob-a", lob: "lob-a", password: expect.stringMatching(/^.{16,}$/) as unknown }],
    });
    expect(report.stacks.map(({ name }) => name)).toEqual(["networking", "access", "lob-a"]);
    expect(report.outputs["access"]).toHaveProperty("api_url");
    expect(JSON.stringify(report.outputs)).not.toContain("sign_in_passwords");
    await expectInNoLog(
      join(directory, "logs"),
      report.signIns.map(({ password }) => password),
    );
  });

  it("refuses a second deployment, and says where the first one is", async () => {
    const { code, output } = await npmStart("--name", NAME, "--config", given);
    expect(code).toBe(1);
    expect(output).toContain("already up");
    expect(output).toContain(started.report.awsEndpoint);
  });

  it("leads whoever follows the README to a Studio URL, and shows no password", async () => {
    const readme = await readFile(join(checkoutRoot(), "README.md"), "utf8");
    const [, lines = ""] = /```\n(source [^`]*studio token[^`]*)```/.exec(readme) ?? [];
    const [signIn] = started.report.signIns;
    const script = lines.replaceAll(".studio-access/local/", `.studio-access/${NAME}/`);
    const { code, stdout: shown } = await atTerminal(["bash", "-ec", script], {
      prompt: "Password: ",
      answer: () => Promise.resolve(signIn?.password ?? ""),
    });
    expect(code).toBe(0);
    expect(shown).toMatch(/^HTTP\/1\.1 302 /m);
    expect(shown).toMatch(/^location: https:\/\/d-\w+\.studio\.eu-west-1\.sagemaker\.aws\//im);
    expect(shown).toMatch(/^x-local-location: http:\/\/127\.0\.0\.1:\d+\/studio\/d-\w+\/auth\?token=/im);
    expect(shown).not.toContain(signIn?.password);
  });

  it("opens the portal by the company's own name, and Studio's URL comes by it", async () => {
    const { awsEndpoint, outputs, signIns } = started.report;
    expect(outputs["access"]).toMatchObject({ portal_url: "https://studio.corp.example.com" });
    const portal = (from: string): string => browserUrl("https://studio.corp.example.com", awsEndpoint, from);
    await portalOpensStudio(portal("on-premise"), signIns);
    await expect(statusOf(portal("internet"))).resolves.toBe(504);
  });

  it("shows a page at its own address, and says that it is up", async () => {
    const { awsEndpoint } = started.report;
    await expect((await fetch(awsEndpoint)).text()).resolves.toContain("./studio token --user user-lob-a");
    // The form on the page: asked from the corporate network there is a URL, and from the internet there is none.
    const askedFrom = async (from: string): Promise<string> => {
      const body = new URLSearchParams({ from, user: "user-lob-a", whose: "user-lob-a" });
      return (await fetch(`${awsEndpoint}/_studio/ask`, { method: "POST", body })).text();
    };
    await expect(askedFrom("on-premise")).resolves.toContain('value="/studio/d-');
    await expect(askedFrom("internet")).resolves.toContain("403: no Studio URL");
    await expect((await fetch(`${awsEndpoint}/_studio/logs/requests.jsonl`)).text()).resolves.toContain(
      "CreatePresignedDomainUrl",
    );
    await expect((await fetch(`${awsEndpoint}/_studio/health`)).json()).resolves.toMatchObject({
      status: "up",
    });
    await expect(shell(started, "./studio status")).resolves.toMatch(
      new RegExp(`^${NAME}: up\\n {2}at +${awsEndpoint} `, "m"),
    );
  });

  it("adds a line of business by its own stack alone, and leaves no changes for a cdktf deploy by hand", async () => {
    const local = loadConfig(join(checkoutRoot(), "config/local.json"));
    config = { ...config, linesOfBusiness: local.linesOfBusiness };
    await writeFile(configFile, JSON.stringify(config));
    await deployByHand("lob-b --ignore-missing-stack-dependencies");
    const output = await deployByHand("networking access lob-a lob-b");
    expect(output.match(/No changes\./g)).toHaveLength(4);
  });

  it("gives the new user a Studio URL, and nobody another user's", async () => {
    const workspace = workspaceOf({ root: checkoutRoot(), configFile, name: NAME });
    const context = await checkContext({ endpoint: started.report.awsEndpoint, workspace });
    expect(context.users.map(({ name }) => name)).toEqual(["user-lob-a", "user-lob-b"]);
    for (const check of JOURNEYS.filter(({ name }) => !name.includes("lifetime"))) {
      await expectToHold(check, context);
    }
  });

  it("ends on Ctrl-C together with all programs that it started", async () => {
    const motoLog = await readFile(join(directory, "logs", "moto.log"), "utf8");
    expect(motoLog).not.toBe("");
    await started.interrupt();
    // npm itself ends at once, while the program that it started still stops moto and the functions.
    await until(async () => (await processesNaming(NAME)).length === 0);
    await expect(fetch(started.report.awsEndpoint)).rejects.toThrow();
  });

  async function deployByHand(stacks: string): Promise<string> {
    return shell(
      started,
      `npx cdktf deploy ${stacks} --auto-approve --output .studio-access/${NAME}/cdktf.out`,
    );
  }
});

describe("npm start with an invalid config", () => {
  it("lists every problem before anything is started, and ends with 1", async () => {
    const directory = join(checkoutRoot(), ".studio-access", "e2e-mistaken");
    await mkdir(directory, { recursive: true });
    const local = loadConfig(join(checkoutRoot(), "config/local.json"));
    const [first, second] = local.linesOfBusiness;
    const mistaken = {
      ...local,
      linesOfBusiness: [first, { ...second, cidr: first?.cidr, users: [...(first?.users ?? []), "user-*"] }],
    };
    const file = join(directory, "given.json");
    await writeFile(file, JSON.stringify(mistaken));
    const { code, output } = await npmStart(
      "--name",
      "e2e-mistaken",
      "--config",
      file,
      "--exit",
      "--port",
      "0",
    );
    expect(code).toBe(1);
    expect(output).toContain("overlaps linesOfBusiness[0].cidr");
    expect(output).toContain('"user-*"');
    expect(output).toMatch(/user-lob-a.*/);
    expect(output).not.toContain("Start the local AWS:");
    await expect(processesNaming("e2e-mistaken")).resolves.toEqual([]);
  });
});

describe("npm start when moto dies", () => {
  it("says so at once, ends with 1, and leaves nothing running", async () => {
    const name = "e2e-dead";
    const logs = join(checkoutRoot(), ".studio-access", name, "logs");
    await rm(logs, { recursive: true, force: true });
    const started = npmStart("--name", name, "--exit", "--port", "0");
    // In the middle of the deploy, when many operations are running.
    const log = async (): Promise<string> => readFile(join(logs, "cdktf-deploy.log"), "utf8").catch(() => "");
    await until(async () => (await log()).includes("Creating..."), 4 * 60_000);
    const moto = await readFile(join(logs, "moto.log"), "utf8");
    await kill(`moto_server -H 127.0.0.1 -p ${/127\.0\.0\.1:(\d+)/.exec(moto)?.[1] ?? "none"}`);
    const { code, output } = await started;
    expect(code).toBe(1);
    expect(output).toContain("moto_server has ended");
    await expect(processesNaming(name)).resolves.toEqual([]);
  });
});
