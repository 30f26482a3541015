import { startDeployment, type CheckContext, type LocalDeployment } from "@studio-access/local-deployment";
import { stations } from "./station";
import { personByGroupGetsStudio, withGroups } from "./stations/users-by-group";
import { nothingHasDrifted } from "./stations/drift";
import { verifyState } from "./verify-state";

jest.setTimeout(15 * 60_000);

describe("try", () => {
  let deployment: LocalDeployment;
  let context: CheckContext;
  const { milestone, station } = stations();
  beforeAll(async () => {
    deployment = await startDeployment({
      name: "try-grp",
      config: "config/local.json",
      settledRoute53: true,
      change: (config) =>
        withGroups({ ...config, onPremise: null, linesOfBusiness: config.linesOfBusiness.slice(0, 1) }),
    });
    await deployment.synth();
  });
  afterAll(async () => deployment.stop());
  milestone("deploys", async () => {
    await deployment.deploy();
    context = await deployment.checkContext();
  });
  station("second plan empty", async () => nothingHasDrifted(deployment));
  station("verify", async () => {
    await expect(verifyState(deployment)).resolves.toMatch(/all \d+ cells are as the config calls for/);
  });
  station("person by group", async () => personByGroupGetsStudio(deployment, context));
  station("drift, verify after", async () => {
    await nothingHasDrifted(deployment);
    await expect(verifyState(deployment)).resolves.toMatch(/all \d+ cells are as the config calls for/);
  });
  station("destroys", async () => {
    await deployment.destroy(["lob-a"]).then(
      () => console.log("destroyed"),
      (error: unknown) => console.log(String(error)),
    );
  });
});
