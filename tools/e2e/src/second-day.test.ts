import { startDeployment, type LocalDeployment } from "@studio-access/local-deployment";

import {
  doctorFindsNoFault,
  doctorListsEveryProblemOfTheConfig,
  doctorNamesWrongAccountAndZone,
} from "./stations/doctor";
import { additionsAndNewsAreToldApart, changesByHandAreFound, nothingHasDrifted } from "./stations/drift";
import { openExplainsRefusals, openPrintsUrl } from "./stations/open";
import { planFails } from "./stations/plan";
import { nobodyPlaysTheOperator, smokeTestIsOff, smokeTestIsOn, switchSmokeTest } from "./stations/smoke";

// A deploy of everything takes minutes: most of it are waits of the AWS provider.
jest.setTimeout(15 * 60_000);

/** A deployment that works, and what its operators do with it: each command as it is run by hand. */
describe("the second day", () => {
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await startDeployment({
      name: "e2e-second-day",
      config: "config/local.json",
      change: (config) => ({ ...config, onPremise: null }),
    });
    await deployment.synth();
    await deployment.deploy();
  });

  afterAll(async () => {
    await deployment.stop();
  });

  describe("npm run doctor", () => {
    it("looks at everything, and finds no fault", async () => doctorFindsNoFault(deployment));
    it("names an account and a zone that are not what the config says", async () =>
      doctorNamesWrongAccountAndZone(deployment));
    it("lists every problem of a config that breaks rules", async () =>
      doctorListsEveryProblemOfTheConfig(deployment));
  });

  describe("npm run open", () => {
    it("prints a URL that opens from the corporate network and from no other", async () =>
      openPrintsUrl(deployment));
    it("explains a refusal, and repeats no secret", async () => openExplainsRefusals(deployment));
  });

  describe("npm run plan", () => {
    it("says why a stack could not be planned, and ends with 1", async () => planFails(deployment));
  });

  describe("npm run drift", () => {
    it("finds that nothing has drifted", async () => nothingHasDrifted(deployment));
    it("tells what somebody changed by hand", async () => changesByHandAreFound(deployment));
    it("tells an addition by hand from news of the config", async () =>
      additionsAndNewsAreToldApart(deployment));
  });

  describe("npm run smoke", () => {
    it("says that it is off, as it is by default", async () => smokeTestIsOff(deployment));
    it("is switched on by the access stack alone", async () => switchSmokeTest(deployment, true));
    it("tells whether a user would get a URL", async () =>
      smokeTestIsOn(deployment, await deployment.checkContext()));
    it("lets nobody play the operator", async () =>
      nobodyPlaysTheOperator(deployment, await deployment.checkContext()));
    it("is switched off again", async () => {
      await switchSmokeTest(deployment, false);
      await smokeTestIsOff(deployment);
    });
  });
});
