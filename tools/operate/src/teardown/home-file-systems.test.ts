import { domainArn, FakeAccount } from "./testing/fake-account";
import { FakeClock } from "./testing/fake-clock";

describe("home file systems", () => {
  it("are those whose tag equals this domain's ARN, on any page of the list", async () => {
    const account = new FakeAccount();
    for (const id of ["d-1", "d-2", "d-12", "d-3"]) account.addDomain(id);
    account.fileSystems.push({
      FileSystemId: "fs-other",
      Tags: [{ Key: "Name", Value: domainArn("d-3") }],
      mountTargets: [],
    });
    const { fileSystems } = account.services;
    await expect(fileSystems.of(domainArn("d-1"))).resolves.toEqual([{ id: "fs-d-1", bytes: 0 }]);
    await expect(fileSystems.of(domainArn("d-3"))).resolves.toEqual([{ id: "fs-d-3", bytes: 0 }]);
    await expect(fileSystems.of(domainArn("d-4"))).resolves.toEqual([]);
  });

  it("are deleted after all of their mount targets", async () => {
    const account = new FakeAccount();
    account.addDomain("d-1");
    await account.services.fileSystems.delete("fs-d-1", new FakeClock().waiting());
    expect(account.changes).toEqual([
      "DeleteMountTarget fsmt-a",
      "DeleteMountTarget fsmt-b",
      "DeleteMountTarget fsmt-c",
      "DeleteFileSystem fs-d-1",
    ]);
  });

  it("are deleted only after a mount target that an earlier run began to delete", async () => {
    const account = new FakeAccount();
    account.addDomain("d-1");
    const [system] = account.fileSystems;
    system!.mountTargets = [{ MountTargetId: "fsmt-a", LifeCycleState: "deleting" }];
    const clock = new FakeClock();
    let sleeps = 0;
    clock.meanwhile = () => {
      sleeps += 1;
      if (sleeps === 3) system!.mountTargets = [];
    };
    await account.services.fileSystems.delete("fs-d-1", clock.waiting());
    expect(account.changes).toEqual(["DeleteFileSystem fs-d-1"]);
    expect(sleeps).toBeGreaterThanOrEqual(3);
  });

  it("are not deleted a second time while AWS deletes them", async () => {
    const account = new FakeAccount();
    account.addDomain("d-1");
    const [system] = account.fileSystems;
    Object.assign(system!, { mountTargets: [], LifeCycleState: "deleting" });
    const clock = new FakeClock();
    clock.meanwhile = () => {
      account.fileSystems = [];
    };
    await account.services.fileSystems.delete("fs-d-1", clock.waiting());
    expect(account.changes).toEqual([]);
  });

  it("may be gone already", async () => {
    const account = new FakeAccount();
    await account.services.fileSystems.delete("fs-gone", new FakeClock().waiting());
    expect(account.changes).toEqual([]);
  });
});
