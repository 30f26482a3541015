import { awsError, FakeAccount } from "./testing/fake-account";
import { FakeClock } from "./testing/fake-clock";
import { WaitedTooLong } from "./wait";

const DOMAIN = "d-1";

function busyAccount(): FakeAccount {
  const account = new FakeAccount();
  account.domains.set(DOMAIN, "InService");
  account.spaces = ["one", "two", "three"].map((SpaceName) => ({ SpaceName }));
  account.apps = account.spaces.map(({ SpaceName }) => ({ AppName: `app-${SpaceName}`, SpaceName }));
  account.profiles = ["user-a", "user-b", "guest"].map((UserProfileName) => ({ UserProfileName }));
  return account;
}

async function empty(account: FakeAccount, clock = new FakeClock(), reports: string[] = []): Promise<void> {
  await account.services.studio.empty(DOMAIN, ["user-a", "user-b"], clock.waiting(reports));
}

describe("emptying a domain", () => {
  it("deletes every app, then every space, then the profiles that Terraform does not know", async () => {
    const account = busyAccount();
    await empty(account);
    expect(account.changes).toEqual([
      "DeleteApp app-one",
      "DeleteApp app-two",
      "DeleteApp app-three",
      "DeleteSpace one",
      "DeleteSpace two",
      "DeleteSpace three",
      "DeleteUserProfile guest",
    ]);
  });

  it("neither deletes nor waits for an app that failed", async () => {
    const account = busyAccount();
    account.apps = [
      { AppName: "broken", SpaceName: "one", Status: "Failed" },
      { AppName: "old", SpaceName: "one", Status: "Deleted" },
    ];
    await empty(account);
    expect(account.changes.filter((change) => change.startsWith("DeleteApp"))).toEqual([]);
    expect(account.spaces).toEqual([]);
  });

  it("waits for an app that is still starting, and for one that somebody else is deleting", async () => {
    const account = busyAccount();
    account.apps = [
      { AppName: "starting", SpaceName: "one", Status: "Pending" },
      { AppName: "ending", SpaceName: "two", Status: "Deleting" },
    ];
    const clock = new FakeClock();
    clock.meanwhile = () => {
      for (const app of account.apps) {
        if (app.Status === "Pending") app.Status = "InService";
        else if (app.Status === "Deleting") app.Status = "Deleted";
      }
    };
    await empty(account, clock);
    expect(account.changes.filter((change) => change.startsWith("DeleteApp"))).toEqual([
      "DeleteApp starting",
    ]);
  });

  it("also deletes an app that a user starts during the teardown", async () => {
    const account = busyAccount();
    const clock = new FakeClock();
    let isLate = false;
    clock.meanwhile = () => {
      if (!isLate) account.apps.push({ AppName: "late", UserProfileName: "user-a" });
      isLate = true;
    };
    await empty(account, clock);
    expect(account.changes).toContain("DeleteApp late");
  });

  it("goes on when an item is already deleted, or cannot be deleted yet", async () => {
    const account = busyAccount();
    const refusals = [awsError("ResourceNotFound"), awsError("ResourceInUse")];
    account.before = (operation) => {
      const refusal = operation === "DeleteApp" ? refusals.shift() : undefined;
      if (refusal !== undefined) throw refusal;
    };
    await empty(account);
    expect(account.spaces).toEqual([]);
  });

  it("stops at any other error", async () => {
    const account = busyAccount();
    account.before = (operation) => {
      if (operation === "DeleteSpace") throw awsError("AccessDeniedException");
    };
    await expect(empty(account)).rejects.toThrow("AccessDeniedException");
    expect(account.spaces).toHaveLength(3);
  });

  it("gives up on an app that does not end, and names it", async () => {
    const account = busyAccount();
    account.apps = [{ AppName: "stuck", SpaceName: "one", Status: "Deleting" }];
    const clock = new FakeClock();
    const failure = await empty(account, clock).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WaitedTooLong);
    expect(String(failure)).toContain("JupyterLab stuck in space one");
    expect(clock.now()).toBeGreaterThan(15 * 60_000);
    expect(account.spaces).toHaveLength(3);
  });

  it("reports what is left while it waits", async () => {
    const reports: string[] = [];
    await empty(busyAccount(), new FakeClock(), reports);
    expect(reports[0]).toMatch(/^3 apps left: .*app-one in space one/);
    expect(reports).toContain("3 spaces left: one, two, three");
  });
});

describe("the content of a domain", () => {
  it("is listed to the last page, without items that do not block the deletion", async () => {
    const account = busyAccount();
    account.apps.push({ AppName: "broken", SpaceName: "one", Status: "Failed" });
    const { apps, spaces, profiles } = await account.services.studio.contentOf(DOMAIN);
    expect(apps).toHaveLength(3);
    expect(spaces).toHaveLength(3);
    expect(profiles).toEqual(["user-a", "user-b", "guest"]);
    expect(account.changes).toEqual([]);
  });
});

describe("what is one profile's own", () => {
  const space = (SpaceName: string, OwnerUserProfileName: string, SharingType: string) => ({
    SpaceName,
    OwnershipSettingsSummary: { OwnerUserProfileName },
    SpaceSharingSettingsSummary: { SharingType },
  });

  function shared(): FakeAccount {
    const account = busyAccount();
    account.spaces = [
      space("one", "user-a", "Private"),
      space("two", "user-a", "Shared"),
      space("three", "user-b", "Private"),
    ];
    account.apps.push({ AppName: "own", UserProfileName: "user-a" });
    return account;
  }

  it("is seen: its apps, its private spaces, and their apps", async () => {
    const { studio } = shared().services;
    const { apps, spaces } = await studio.contentOfProfile(DOMAIN, "user-a");
    expect([apps, spaces].map((members) => members.map(({ name }) => name))).toEqual([
      ["JupyterLab app-one in space one", "JupyterLab own of user-a"],
      ["one"],
    ]);
    await expect(studio.hasProfile(DOMAIN, "user-a")).resolves.toBe(true);
    await expect(studio.hasProfile(DOMAIN, "nobody")).resolves.toBe(false);
  });

  it("goes, and what others have stays", async () => {
    const account = shared();
    const { studio } = account.services;
    const waiting = new FakeClock().waiting([]);
    await studio.endApps(DOMAIN, "user-a", waiting);
    expect(account.changes).toEqual(["DeleteApp app-one", "DeleteApp own"]);
    await studio.deleteSpaces(DOMAIN, "user-a", waiting);
    expect(account.spaces.map(({ SpaceName }) => SpaceName)).toEqual(["two", "three"]);
  });

  it("includes the profile, and no other", async () => {
    const account = busyAccount();
    account.apps = [];
    account.spaces = [];
    await account.services.studio.deleteProfile(DOMAIN, "guest", new FakeClock().waiting([]));
    expect(account.changes).toEqual(["DeleteUserProfile guest"]);
  });
});
