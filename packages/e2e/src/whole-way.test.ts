import { JOURNEYS, runCheck, type CheckContext, type LocalDeployment } from "@studio-access/launch";

import { startDeployment } from "./deployment";
import { terraformValidate } from "./terraform-validate";

/**
 * One deployment, from nothing to nothing: the tests below are its stations and run in this order.
 */
describe("Studio Access, from the first deploy to the last destroy", () => {
  let deployment: LocalDeployment;
  let context: CheckContext;
  let before: readonly string[];

  beforeAll(async () => {
    deployment = await startDeployment({ name: "e2e", config: "config/local.json" });
    before = await deployment.aws.inventory();
    await deployment.synth();
  });

  afterAll(async () => {
    await deployment.stop();
  });

  it.each(["networking", "access", "lob-a", "lob-b"])("%s is valid to the real provider", async (stack) => {
    await expect(terraformValidate(deployment, stack)).resolves.toEqual({ valid: true, errors: [] });
  });

  it("deploys with one cdktf deploy", async () => {
    const { stacks } = await deployment.deploy();
    expect(stacks.map(({ stack, state }) => [stack, state])).toEqual(
      deployment.stacks.map((stack) => [stack, "done"]),
    );
    context = await deployment.checkContext();
  });

  it("leaves the state with the resources that were synthesized", async () => {
    const accounts = await Promise.all(deployment.stacks.map(async (stack) => deployment.state(stack)));
    for (const { resources } of accounts) expect(resources).toBeGreaterThan(30);
  });

  it.each(JOURNEYS)("$name", async (check) => {
    await expect(runCheck(check, context)).resolves.toMatchObject({ ok: true });
  });

  it.each(["networking", "access", "lob-a", "lob-b"])("a second plan of %s is empty", async (stack) => {
    await expect(deployment.plan(stack)).resolves.toEqual({ changed: false, changes: [] });
  });

  it("destroys everything, and leaves what was there before", async () => {
    await deployment.destroy();
    await expect(deployment.aws.inventory()).resolves.toEqual(before);
    for (const stack of deployment.stacks) {
      await expect(deployment.state(stack)).resolves.toMatchObject({ resources: 0 });
    }
  });
});
