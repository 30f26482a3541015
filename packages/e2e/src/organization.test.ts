import { JOURNEYS, runCheck, withLobs, type LocalDeployment } from "@studio-access/launch";

import { startDeployment } from "./deployment";

// A deploy of everything takes minutes: most of it are waits of the AWS provider.
jest.setTimeout(15 * 60_000);

/** The same in an Organization: no invitations, and a new line of business changes nothing else. */
describe("Studio Access in an Organization", () => {
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await startDeployment({
      name: "e2e-organization",
      config: "config/local.json",
      change: (config) => ({ ...withLobs(config, 1), organizationId: "o-exampleorg1" }),
    });
    await deployment.synth();
    await deployment.deploy();
  });

  afterAll(async () => {
    await deployment.stop();
  });

  it("adds a line of business by its own stack alone", async () => {
    await deployment.reconfigure(withLobs(deployment.workspace.config, 2));
    await deployment.deploy(["lob-b"]);
    for (const stack of deployment.stacks) {
      await expect(deployment.plan(stack)).resolves.toEqual({ changed: false, changes: [] });
    }
  });

  it("lets the newcomer in, and nobody else's door stand open", async () => {
    const context = await deployment.checkContext();
    for (const check of JOURNEYS.filter(({ name }) => !name.includes("lifetime"))) {
      await expect(runCheck(check, context)).resolves.toMatchObject({ ok: true });
    }
  });
});
