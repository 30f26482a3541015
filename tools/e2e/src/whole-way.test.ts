import { readFile } from "node:fs/promises";
import { join } from "node:path";

import {
  JOURNEYS,
  runCheck,
  startDeployment,
  type CheckContext,
  type LocalDeployment,
} from "@studio-access/local-deployment";

import { CARELESS_CHANGES, listen, sceneOf } from "./careless-changes";
import { expectInNoLog, expectToHold } from "./expectations";
import { stations } from "./station";
import { recoverAdoptsWhatACutOffDeployLeft, teardownNamesWhatACutOffDeployLeft } from "./stations/cut-off";
import {
  deployEnds,
  deployNamesWhatFollows,
  deployNeedsConsent,
  firstDeployHasRounds,
  stalePlanIsRefused,
} from "./stations/deploy";
import {
  doctorFindsNoFault,
  doctorListsEveryProblemOfTheConfig,
  doctorNamesWrongAccountAndZone,
} from "./stations/doctor";
import { additionsAndNewsAreToldApart, changesByHandAreFound, nothingHasDrifted } from "./stations/drift";
import { SharedProvider } from "./shared-provider/shared-provider";
import { addLob, deployedLobStays, lobLeavesTheConfig } from "./stations/lobs-by-command";
import { offboardEndsAccess } from "./stations/offboard";
import { openExplainsRefusals, openPrintsUrl } from "./stations/open";
import { openedStackIsASurprise } from "./stations/opened-stack";
import { forgetEarlierCommands } from "./stations/operator-command";
import { planFails } from "./stations/plan";
import { portalLeadsToStudio, portalRefuses } from "./stations/portal";
import { nobodyPlaysTheOperator, smokeTestIsOff, smokeTestIsOn, switchSmokeTest } from "./stations/smoke";
import {
  dryRunDeletesNothing,
  plainDestroyIsRefused,
  teardownGoesOnAfterInterruption,
  teardownLeavesNothing,
} from "./stations/teardown";
import { personByGroupGetsStudio, personOfTwoGroupsIsRefused, withGroups } from "./stations/users-by-group";
import { usersLeaveAndMove, USERS_WHO_GO } from "./stations/users-on-the-move";
import { verifyState } from "./verify-state";
import { domains, rows, sharesReceived, zonesOf } from "./what-is-there";
import { allowAll, leaveOutZone } from "./wrong-changes";

const STACKS = ["networking", "access", "lob-a", "lob-b", "on-premise"];
const SHARED = "111111111111";
const LOB_A = "222222222222";

// A deploy of everything takes minutes, and most of this time the AWS provider waits.
jest.setTimeout(15 * 60_000);

/**
 * One deployment from the first deploy to the last destroy. The tests below share it, and run in this order.
 */
describe("Studio Access, from the first deploy to the last destroy", () => {
  let provider: SharedProvider;
  let deployment: LocalDeployment;
  let context: CheckContext;
  let before: readonly string[];
  /** By the first deploy. */
  let printed: string;
  const { milestone, station } = stations();

  async function output(stack: string, name: string): Promise<string> {
    return String((await deployment.state(stack)).outputs[name]);
  }

  beforeAll(async () => {
    provider = await SharedProvider.start();
    deployment = await startDeployment({
      name: "e2e",
      config: "config/local.json",
      change: withGroups,
      settledRoute53: true,
    });
    await forgetEarlierCommands(deployment);
    before = await deployment.aws.inventory();
    await deployment.synth();
  });

  afterAll(async () => {
    await deployment.stop();
    await provider.stop();
  });

  milestone(
    "deploys from nothing with one ./studio deploy, each stack after those that it reads",
    async () => {
      expect(deployment.stacks).toEqual(STACKS);
      printed = await firstDeployHasRounds(deployment);
      context = await deployment.checkContext();
    },
  );

  station("has every synthesized resource in the state", async () => {
    const counts = await deployment.resourceCounts();
    for (const stack of STACKS) {
      // A line of business also has one generated password per user in its state, which is no AWS resource.
      await expect(deployment.state(stack)).resolves.toMatchObject({ resources: counts.get(stack) });
    }
  });

  station("shows no password in its output or in a log", async () => {
    const passwords = (await deployment.signIns()).map(({ password }) => password);
    expect(passwords).toHaveLength(2);
    expect(passwords.filter((password) => printed.includes(password))).toEqual([]);
    await expectInNoLog(deployment.workspace.logs, passwords);
  });

  for (const check of JOURNEYS) station(check.name, async () => expectToHold(check, context));
  station("leads every user from the portal's address to their own Studio, in a browser", async () =>
    portalLeadsToStudio(deployment),
  );
  station("shows nobody Studio for a wrong password, and the internet no portal, in a browser", async () =>
    portalRefuses(deployment),
  );

  station("has no changes left: a second plan of every stack is empty, and nothing has drifted", async () =>
    nothingHasDrifted(deployment),
  );

  station("is proved by its state: nobody reaches or presigns what the config does not say", async () => {
    await expect(verifyState(deployment)).resolves.toMatch(/all \d+ cells are as the config calls for/);
  });

  describe("shows to any AWS client, per account,", () => {
    station("the directory", async () => {
      await expect(rows(deployment, SHARED, "studio-access-local-users")).resolves.toEqual(
        expect.arrayContaining([
          { PK: "user-lob-a", LOB: "lob-a" },
          { PK: "user-lob-b", LOB: "lob-b" },
        ]),
      );
      await expect(rows(deployment, SHARED, "studio-access-local-lobs")).resolves.toContainEqual({
        PK: "lob-a",
        ACCOUNT_ID: LOB_A,
        DOMAIN_ID: await output("lob-a", "domain_id"),
        ROLE_ARN: await output("lob-a", "access_role_arn"),
        PROFILE_MAKER_ROLE_ARN: await output("lob-a", "profile_maker_role_arn"),
      });
    });

    station("the shared Transit Gateway", async () => {
      await expect(sharesReceived(deployment, LOB_A)).resolves.toEqual([
        "studio-access-local-transit-gateway",
      ]);
      await expect(sharesReceived(deployment, "999999999999")).resolves.toEqual([]);
    });

    station("the zones of each VPC", async () => {
      const central = Object.keys((await deployment.state("networking")).outputs["zone_ids"] as object);
      const inLob = await zonesOf(deployment, LOB_A, await output("lob-a", "vpc_id"));
      const inAccess = await zonesOf(deployment, SHARED, await output("access", "access_vpc_id"));
      expect(inLob).toHaveLength(central.length);
      expect(inAccess).toEqual(["api.sagemaker.eu-west-1.amazonaws.com.", "sts.eu-west-1.amazonaws.com."]);
    });

    station("the Studio domain and its users", async () => {
      await expect(domains(deployment, LOB_A)).resolves.toEqual({ "studio-lob-a": ["user-lob-a"] });
      await expect(domains(deployment, SHARED)).resolves.toEqual({});
    });
  });

  station(
    "makes the profile of a person by group at the first sign-in, and lets nobody in who left",
    async () => personByGroupGetsStudio(deployment, context),
  );
  station("lets nobody in who is in groups of two lines of business", async () =>
    personOfTwoGroupsIsRefused(deployment, context),
  );

  describe("when somebody changes it wrongly", () => {
    const named = (name: string): (typeof JOURNEYS)[number] =>
      JOURNEYS.find((check) => check.name.includes(name))!;

    station("fails without STS's zone in the access VPC, and names the missing zone", async () => {
      const zones = (await deployment.state("networking")).outputs["zone_ids"] as Record<string, string>;
      const vpcId = await output("access", "access_vpc_id");
      const giveBack = await leaveOutZone(deployment, { account: SHARED, zoneId: zones["sts"]!, vpcId });
      try {
        const { ok, detail } = await runCheck(named("a user gets a Studio URL"), context);
        expect({ ok, detail }).toEqual({
          ok: false,
          detail: "user-lob-a: expected 302, saw 504 (upstream_timeout)",
        });
        const log = await readFile(join(deployment.workspace.logs, "network.log"), "utf8");
        expect(log).toContain("sts.eu-west-1.amazonaws.com");
        expect(log).toContain(`no private zone for that name is associated with ${vpcId}`);
      } finally {
        await giveBack();
      }
      await expectToHold(named("a user gets a Studio URL"), context);
    });

    station("fails with an authorizer that allows all", async () => {
      const putBack = await allowAll(deployment, SHARED, "studio-access-local-authorizer");
      try {
        const fresh = await deployment.checkContext();
        const another = await runCheck(named("another user's URL"), fresh);
        expect(another.detail).toMatch(/expected 403, saw 302.* when user-lob-a asked for user-lob-b/);
        const changed = await runCheck(named("with a token that somebody changed"), fresh);
        expect(changed.detail).toMatch(/expected 401, saw 302/);
        expect([another.ok, changed.ok]).toEqual([false, false]);
      } finally {
        await putBack();
      }
      await expectToHold(named("another user's URL"), await deployment.checkContext());
    });

    for (const { name, journey, detail, log, change } of CARELESS_CHANGES) {
      station(`fails when ${name}`, async () => {
        const fresh = await deployment.checkContext();
        const said = await listen(deployment);
        const putBack = await change(await sceneOf(deployment));
        try {
          await expect(runCheck(named(journey), fresh)).resolves.toMatchObject({
            ok: false,
            detail: expect.stringMatching(detail) as unknown,
          });
          if (log !== undefined) await expect(said()).resolves.toMatch(log);
        } finally {
          await putBack();
        }
      });
    }

    station("holds again once every change is undone", async () => {
      const fresh = await deployment.checkContext();
      await expectToHold(named("a user gets a Studio URL"), fresh);
      await expectToHold(named("the Studio URL opens from the corporate network"), fresh);
    });
  });

  station(
    "fails its proofs when the access role has lost its condition on the endpoints, which no journey shows",
    async () => openedStackIsASurprise(deployment, context),
  );

  describe("serves its operators:", () => {
    station("doctor runs every check, and none fails", async () => doctorFindsNoFault(deployment));
    station("doctor names an account and a zone that differ from the config", async () =>
      doctorNamesWrongAccountAndZone(deployment),
    );
    station("doctor lists every problem of a config that breaks rules", async () =>
      doctorListsEveryProblemOfTheConfig(deployment),
    );
    station("open prints a URL that opens only from the corporate network", async () =>
      openPrintsUrl(deployment),
    );
    station("open explains a refusal, and repeats no secret", async () => openExplainsRefusals(deployment));
    station("plan says why a stack could not be planned, and ends with 1", async () => planFails(deployment));
    station("drift reports changes made by hand", async () => changesByHandAreFound(deployment));
    station("drift distinguishes an addition by hand from a change of the config", async () =>
      additionsAndNewsAreToldApart(deployment),
    );
    station("smoke says that it is off, as it is by default", async () => smokeTestIsOff(deployment));
    milestone("smoke is switched on by the access stack alone", async () =>
      switchSmokeTest(deployment, true),
    );
    station("smoke says whether a user would get a URL", async () =>
      smokeTestIsOn(deployment, await deployment.checkContext()),
    );
    station("smoke lets no user act as an operator", async () =>
      nobodyPlaysTheOperator(deployment, await deployment.checkContext()),
    );
    milestone("smoke is switched off again", async () => {
      await switchSmokeTest(deployment, false);
      await smokeTestIsOff(deployment);
    });
  });

  milestone(
    "takes a third line of business by command, and deploys nothing without an approval",
    async () => {
      await addLob(deployment, { name: "lob-c", account: "444455556666", users: USERS_WHO_GO });
      await deployNeedsConsent(deployment);
    },
  );
  milestone("deploys a third line of business alone, and names the stacks that follow", async () => {
    await deployNamesWhatFollows(deployment);
    await expect(deployment.state("lob-c")).resolves.toMatchObject({
      outputs: { domain_url: expect.stringMatching(/^https:\/\/d-/) as unknown },
    });
  });
  milestone("refuses a plan that was made before another deploy", async () => stalePlanIsRefused(deployment));
  milestone(
    "deploys the hub and the access stack after the third line of business, whose users get in",
    async () => {
      await deployEnds(deployment);
      context = await deployment.checkContext();
      const { users, ...rest } = context;
      const newcomer = users.filter(({ lob }) => lob === "lob-c");
      for (const check of JOURNEYS.filter(({ name }) => !name.includes("lifetime"))) {
        await expectToHold(check, { ...rest, users: newcomer });
      }
      await expect(verifyState(deployment)).resolves.toMatch(/all \d+ cells are as the config calls for/);
    },
  );

  milestone(
    "offboards a person with an open Studio, whose next request is refused, and readmits them",
    async () => offboardEndsAccess(deployment, "lob-c", context),
  );

  milestone(
    "removes a user, moves another one after the deploy of the old line of business, and lets a third come by group",
    async () => usersLeaveAndMove(deployment, context),
  );

  describe("the end", () => {
    station("of a line of business with running apps fails with a plain destroy", async () =>
      plainDestroyIsRefused(deployment, "lob-c"),
    );
    station("of a line of business in the config comes after that of its stack", async () =>
      deployedLobStays(deployment, "lob-c"),
    );
    milestone("of a line of business goes on after an interruption", async () =>
      teardownGoesOnAfterInterruption(deployment, "lob-c", before),
    );
    milestone("of a line of business does not begin where a killed deploy left what no state has", async () =>
      teardownNamesWhatACutOffDeployLeft(deployment, "lob-c"),
    );
    milestone("of a line of business comes once that is adopted, and a deploy has ended well", async () =>
      recoverAdoptsWhatACutOffDeployLeft(deployment, "lob-c"),
    );
    milestone("of a line of business in the config leaves no stack that names its account", async () =>
      lobLeavesTheConfig(deployment, "lob-c"),
    );
    milestone("is shown by a dry run", async () => dryRunDeletesNothing(deployment));
    station("of everything leaves only what existed before", async () =>
      teardownLeavesNothing(deployment, before),
    );
  });
});
