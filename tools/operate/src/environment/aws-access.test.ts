import type { Config } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { ensureAws, type AwsSources } from "./aws-access";

const ENDPOINT = "http://127.0.0.1:4566";

function prod(): Config {
  const config = sampleConfig();
  const [lobA, lobB] = config.linesOfBusiness;
  return {
    ...config,
    environment: "prod",
    sharedServices: { ...config.sharedServices, credentials: { profile: "hub" } },
    linesOfBusiness: [
      { ...lobA!, account: { ...lobA!.account, credentials: { profile: "a" } } },
      { ...lobB!, account: { ...lobB!.account, credentials: { profile: "b" } } },
    ],
  };
}

/** @param profiles those that have credentials; "" for the environment's own */
function having(profiles: readonly string[], more: Partial<AwsSources> = {}): AwsSources {
  return {
    endpoint: undefined,
    answers: () => Promise.resolve(true),
    credentials: async (profile = "") =>
      profiles.includes(profile)
        ? Promise.resolve({})
        : Promise.reject(new Error(`no ${profile === "" ? "credentials" : profile}`)),
    ...more,
  };
}

/** What a command says before its work; undefined when it begins. */
async function said(config: Config, sources: AwsSources, stacks: readonly string[] = []): Promise<unknown> {
  return ensureAws(config, "config/x.json", stacks, sources).catch(
    (error: unknown) => (error as Error).message,
  );
}

describe("a command that needs AWS", () => {
  it("begins when every profile has credentials", async () => {
    await expect(said(prod(), having(["hub", "a", "b"]))).resolves.toBeUndefined();
  });

  it("names every profile without credentials once, with its place and remedy", async () => {
    const config = prod();
    const twice = { ...config, sharedServices: config.linesOfBusiness[0]!.account };
    await expect(said(twice, having(["b"]))).resolves.toBe(
      "config/x.json: no credentials for this\n\n" +
        '  sharedServices.credentials.profile and 1 more: "a"\n' +
        "  seen:   no a\n" +
        "  remedy: `aws sso login --profile a`, or `aws configure --profile a`",
    );
  });

  it("needs no credentials for lines of business that were not chosen, and always those of the hub", async () => {
    await expect(said(prod(), having(["hub", "a"]), ["lob-a"])).resolves.toBeUndefined();
    await expect(said(prod(), having(["hub", "a"]), ["ci-access-lob-b"])).resolves.toContain('"b"');
    await expect(said(prod(), having(["a"]), ["lob-a"])).resolves.toContain('"hub"');
  });

  it("looks for the environment's own credentials where roles are assumed", async () => {
    const config = { ...sampleConfig(), environment: "prod" };
    await expect(said(config, having([""]))).resolves.toBeUndefined();
    await expect(said(config, having([]))).resolves.toContain("assumeRole");
  });

  it("says how to start the local AWS when its config is used in a shell that does not know it", async () => {
    const config = { ...sampleConfig(), environment: "local" };
    await expect(said(config, having([""]))).resolves.toContain("Start it with `npm start`, then `source ");
    await expect(said(config, having([""], { endpoint: ENDPOINT }))).resolves.toBeUndefined();
  });

  it("says that the local AWS is gone", async () => {
    const gone = having([""], { endpoint: ENDPOINT, answers: () => Promise.resolve(false) });
    await expect(said(prod(), gone)).resolves.toContain(
      `Nothing answers at ${ENDPOINT}, which AWS_ENDPOINT_URL`,
    );
  });
});
