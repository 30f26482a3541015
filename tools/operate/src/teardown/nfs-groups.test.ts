import { awsError, domainArn, FakeAccount } from "./testing/fake-account";
import { FakeClock } from "./testing/fake-clock";

function accountWith(...domains: readonly string[]): FakeAccount {
  const account = new FakeAccount();
  for (const id of domains) account.addDomain(id);
  account.fileSystems = [];
  return account;
}

describe("the NFS groups of a domain", () => {
  it("are the two groups with exactly its id in their names", async () => {
    const account = accountWith("d-1", "d-12", "d-2");
    const groups = await account.services.groups.of("d-1");
    expect(groups.map(({ name }) => name)).toEqual([
      "security-group-for-inbound-nfs-d-1",
      "security-group-for-outbound-nfs-d-1",
    ]);
  });

  it("lose all their rules before the first of them is deleted", async () => {
    const account = accountWith("d-1", "d-2");
    const { groups } = account.services;
    await groups.delete(await groups.of("d-1"), new FakeClock().waiting());
    expect(account.changes).toEqual([
      "RevokeSecurityGroupIngress sg-inbound-d-1",
      "RevokeSecurityGroupEgress sg-outbound-d-1",
      "DeleteSecurityGroup sg-inbound-d-1",
      "DeleteSecurityGroup sg-outbound-d-1",
    ]);
    expect(account.groups.map(({ GroupId }) => GroupId)).toEqual(["sg-inbound-d-2", "sg-outbound-d-2"]);
    expect(account.groups.flatMap(({ rules }) => rules)).toHaveLength(6);
  });

  it("are deleted again and again while one is still in use", async () => {
    const account = accountWith("d-1");
    const { groups } = account.services;
    let refusals = 3;
    account.before = (operation, { GroupId }) => {
      if (operation !== "DeleteSecurityGroup" || GroupId !== "sg-outbound-d-1" || refusals === 0) return;
      refusals -= 1;
      throw awsError("DependencyViolation");
    };
    const reports: string[] = [];
    await groups.delete(await groups.of("d-1"), new FakeClock().waiting(reports));
    expect(account.groups).toEqual([]);
    expect(reports[0]).toContain("still in use: eni-1");
  });

  it("are given up after a time limit, and the message says what uses them", async () => {
    const account = accountWith("d-1");
    account.groups.push({
      GroupId: "sg-foreign",
      GroupName: "somebody's",
      VpcId: "vpc-1",
      rules: [{ SecurityGroupRuleId: "sgr-1", IsEgress: false, other: "sg-outbound-d-1" }],
    });
    const { groups } = account.services;
    const deletion = groups.delete(await groups.of("d-1"), new FakeClock().waiting());
    await expect(deletion).rejects.toThrow(/eni-1, a rule of sg-foreign.*Run the teardown again/);
    expect(account.groups.find(({ GroupId }) => GroupId === "sg-foreign")?.rules).toHaveLength(1);
  });

  it("may already be deleted", async () => {
    const account = accountWith("d-1");
    const { groups } = account.services;
    account.before = (operation) => {
      if (operation.startsWith("Delete")) throw awsError("InvalidGroup.NotFound");
    };
    await expect(groups.delete(await groups.of("d-1"), new FakeClock().waiting())).resolves.toBeUndefined();
  });
});

describe("domains that left groups in a VPC", () => {
  it("are those that both a group's name and its tag name", async () => {
    const account = accountWith("d-1");
    account.addDomain("d-elsewhere", "vpc-2");
    const tag = { Key: "ManagedByAmazonSageMakerResource", Value: domainArn("d-2") };
    const group = { VpcId: "vpc-1", rules: [] };
    account.groups.push(
      { ...group, GroupId: "sg-1", GroupName: "security-group-for-inbound-nfs-d-2" },
      { ...group, GroupId: "sg-2", GroupName: "studio-apps", Tags: [tag] },
      { ...group, GroupId: "sg-3", GroupName: "security-group-for-inbound-nfs-d-3", Tags: [tag] },
    );
    await expect(account.services.groups.ownersIn("vpc-1")).resolves.toEqual([
      { domainId: "d-1", domainArn: domainArn("d-1") },
    ]);
  });
});
