import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { startDeployment, type DeployedConfig, type LocalDeployment } from "@studio-access/launch";
import { checkoutRoot } from "@studio-access/toolchain";

import { calledActions } from "./called-actions";

// Keys take ten seconds each, and every command of cdktf starts Terraform anew.
jest.setTimeout(10 * 60_000);

const SHARED = "111111111111";
const BUCKET = "studio-access-local-state-111111111111";

/** What is there before anything else can be deployed by a workflow: the state's bucket, and the roles of the workflows. */
describe("The stacks of the administrator", () => {
  let deployment: LocalDeployment;
  let before: readonly string[];
  let withLocalState: DeployedConfig;
  let stacks: readonly string[];

  beforeAll(async () => {
    deployment = await startDeployment({ name: "e2e-foundations", config: "config/local.json", change });
    before = await deployment.aws.inventory();
    withLocalState = deployment.workspace.config;
    stacks = ["ci-access", ...withLocalState.linesOfBusiness.map(({ name }) => `ci-access-${name}`)];
  });

  afterAll(async () => {
    await deployment.stop();
  });

  it("begin with the bucket, whose own state is local", async () => {
    await deployment.synth();
    await deployment.deploy(["state"]);
    await expect(deployment.plan("state")).resolves.toEqual({ changed: false, changes: [] });
  });

  it("then make the roles of the workflows, with their state in that bucket", async () => {
    await deployment.reconfigure({ ...withLocalState, ...inBucket() });
    await deployment.deploy(stacks);
  });

  it("are planned again without a change, by calls that the plan role may make", async () => {
    const since = new Date().toISOString();
    for (const stack of stacks) {
      await expect(deployment.plan(stack)).resolves.toEqual({ changed: false, changes: [] });
    }
    const known = JSON.parse(
      await readFile(join(checkoutRoot(), "stacks/ci-access/plan-calls.json"), "utf8"),
    ) as Readonly<Record<"sharedServices" | "lineOfBusiness", readonly string[]>>;
    for (const [account, actions] of await calledActions(deployment, since)) {
      const allowed = account === SHARED ? known.sharedServices : known.lineOfBusiness;
      expect([account, [...actions].filter((action) => !allowed.includes(action))]).toEqual([account, []]);
    }
  });

  it("leave nothing when they are destroyed", async () => {
    await deployment.destroy(stacks);
    await deployment.reconfigure(withLocalState);
    await deployment.destroy(["state"]);
    await expect(deployment.aws.inventory()).resolves.toEqual(before);
  });
});

/** One profile per account, as the workflows fill them. */
function change(config: DeployedConfig): DeployedConfig {
  const profile = (name: string): { readonly profile: string } => ({ profile: `studio-access-${name}` });
  return {
    ...config,
    onPremise: null,
    ...({ stateBucket: true } as object),
    sharedServices: { ...config.sharedServices, credentials: profile("shared") },
    linesOfBusiness: config.linesOfBusiness.slice(0, 1).map((lob) => ({
      ...lob,
      account: { ...lob.account, credentials: profile(lob.name) },
    })),
  };
}

function inBucket(): Pick<DeployedConfig, "state"> {
  return {
    state: {
      backend: "s3",
      bucket: BUCKET,
      region: "eu-west-1",
      kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:alias/studio-access-local-state",
      profile: "studio-access-shared",
    } as DeployedConfig["state"],
    ...({
      ci: { repository: "example/studio", defaultBranch: "main", deployEnvironment: "local" },
    } as object),
  };
}
