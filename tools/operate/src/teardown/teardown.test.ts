import { NotConfirmed } from "./confirmation";
import { ForeignDomain } from "./domain-removal";
import type { DomainRecord, Journal } from "./journal";
import { teardown, type Request } from "./teardown";
import { awsError, domainArn, FakeAccount } from "./testing/fake-account";
import { FakeClock } from "./testing/fake-clock";
import { FakeStacks, resource } from "./testing/fake-stacks";

class MemoryJournal implements Journal {
  records: DomainRecord[] = [];

  async read(): Promise<readonly DomainRecord[]> {
    return Promise.resolve(this.records);
  }

  async add(records: readonly DomainRecord[]): Promise<void> {
    await this.drop(records.map(({ domainId }) => domainId));
    this.records.push(...records);
  }

  async drop(domainIds: readonly string[]): Promise<void> {
    this.records = this.records.filter(({ domainId }) => !domainIds.includes(domainId));
    return Promise.resolve();
  }
}

/** A deployed environment: the hub, a table, and the line of business lob-a. One account holds everything. */
class Deployed {
  readonly account = new FakeAccount();
  readonly stacks = new FakeStacks(this.account, ["networking", "access", "lob-a", "lob-b"]);
  readonly journal = new MemoryJournal();
  readonly clock = new FakeClock();
  readonly printed: string[] = [];
  retain = false;
  /** What is in no state, by stack. */
  outsideState: Readonly<Record<string, readonly string[]>> = {};
  ask: ((question: string) => Promise<string>) | undefined;

  constructor() {
    this.stacks.states.set("networking", [resource("aws_vpc", "hub", { id: "vpc-hub" })]);
    this.stacks.addTable("users", false);
    this.stacks.addLob("lob-a", "d-1");
    this.account.spaces = [{ SpaceName: "work" }];
    this.account.apps = [{ AppName: "default", SpaceName: "work" }];
    this.account.profiles = [{ UserProfileName: "user-a" }];
    this.account.logs.set("/aws/sagemaker/studio", ["d-1/work/JupyterLab/default"]);
  }

  async teardown(request: Partial<Request> = {}): Promise<boolean> {
    return teardown(
      { dryRun: false, deleteLogs: false, ...request },
      {
        environment: "test",
        configFile: "config/test.json",
        retain: this.retain,
        lobs: ["lob-a", "lob-b"].map((name) => ({ name })),
        stacks: this.stacks,
        outsideState: async (stack) => Promise.resolve(this.outsideState[stack] ?? []),
        journal: this.journal,
        clock: this.clock,
        openLob: async () => Promise.resolve(this.account.services),
        print: (text) => this.printed.push(text),
        ask: this.ask,
        silent: true,
      },
    );
  }

  get text(): string {
    return this.printed.join("\n");
  }
}

const CONFIRMED = { confirm: "test" };

describe("a teardown", () => {
  it("empties the domain, destroys it, deletes what it left, and only then destroys the stacks", async () => {
    const deployed = new Deployed();
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
    expect(deployed.account.changes).toEqual([
      "DeleteApp default",
      "DeleteSpace work",
      "DeleteMountTarget fsmt-a",
      "DeleteMountTarget fsmt-b",
      "DeleteMountTarget fsmt-c",
      "DeleteFileSystem fs-d-1",
      "RevokeSecurityGroupIngress sg-inbound-d-1",
      "RevokeSecurityGroupEgress sg-outbound-d-1",
      "DeleteSecurityGroup sg-inbound-d-1",
      "DeleteSecurityGroup sg-outbound-d-1",
    ]);
    expect(deployed.stacks.destroyed).toEqual([
      "aws_sagemaker_domain.lob-a",
      "lob-b",
      "lob-a",
      "access",
      "networking",
    ]);
    expect(deployed.printed.at(-1)).toBe("Nothing is left.");
    expect(deployed.journal.records).toEqual([]);
  });

  it("of one line of business does not change the others", async () => {
    const deployed = new Deployed();
    deployed.stacks.addLob("lob-b", "d-2");
    await expect(deployed.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(deployed.stacks.destroyed).toEqual(["aws_sagemaker_domain.lob-a", "lob-a"]);
    expect([...deployed.stacks.states.keys()]).toEqual(["networking", "access", "lob-b"]);
    expect(deployed.account.groups.map(({ GroupId }) => GroupId)).toEqual([
      "sg-inbound-d-2",
      "sg-outbound-d-2",
    ]);
    expect(deployed.account.fileSystems.map(({ FileSystemId }) => FileSystemId)).toEqual(["fs-d-2"]);
  });

  it("refuses a line of business that the config does not name", async () => {
    await expect(new Deployed().teardown({ lob: "lob-x" })).rejects.toThrow(
      "No line of business is called lob-x. The config names lob-a, lob-b.",
    );
  });

  it("does nothing and asks nothing when nothing is deployed", async () => {
    const deployed = new Deployed();
    await deployed.teardown({ ...CONFIRMED, deleteLogs: true });
    await expect(deployed.teardown()).resolves.toBe(true);
    expect(deployed.printed.at(-1)).toBe("Nothing is left.");
  });

  it("deletes nothing in a dry run", async () => {
    const deployed = new Deployed();
    await expect(deployed.teardown({ ...CONFIRMED, dryRun: true })).resolves.toBe(true);
    expect([deployed.account.changes, deployed.stacks.destroyed, deployed.journal.records]).toEqual([
      [],
      [],
      [],
    ]);
    expect(deployed.printed[0]).toBe(`This would be deleted:

lob-a
  app JupyterLab default in space work (InService)
  space work (InService), with its volume
  user profiles user-a
  Studio domain d-1 (InService)
  home directories fs-d-1 (0 bytes)
  security group security-group-for-inbound-nfs-d-1 (sg-inbound-d-1)
  security group security-group-for-outbound-nfs-d-1 (sg-outbound-d-1)
  1 log stream of its apps, if you want (--delete-logs)
  3 resources in Terraform's state
access
  1 resource in Terraform's state
networking
  1 resource in Terraform's state
`);
    expect(deployed.printed.at(-1)).toContain("Nothing was deleted");
  });

  it("begins nothing while something of a stack is in no state, and says what to run first", async () => {
    const deployed = new Deployed();
    deployed.outsideState = { "lob-a": ["lob-a/Network/Subnet-private: subnet-1, in account 222222222222"] };
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(false);
    expect(deployed.account.changes).toEqual([]);
    expect(deployed.stacks.destroyed).toEqual([]);
    expect(deployed.text).toContain(
      "  lob-a: lob-a/Network/Subnet-private: subnet-1, in account 222222222222\n",
    );
    expect(deployed.text).toContain("Adopt it first: ./studio recover lob-a\n");
  });

  it("lists what is left, and keeps it in the journal", async () => {
    const deployed = new Deployed();
    deployed.stacks.destroy = async (): Promise<void> => Promise.resolve();
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(false);
    expect(deployed.printed.at(-1)).toBe(
      "Still there:\nnetworking: aws_vpc.hub, in Terraform's state\n" +
        "access: aws_dynamodb_table.users, in Terraform's state\nlob-a: aws_vpc.lob-a, in Terraform's state",
    );
    expect(deployed.journal.records).toHaveLength(1);
  });
});

describe("profiles of users", () => {
  it("are deleted by Terraform when its state has them, else before the domain, whatever the config says", async () => {
    const deployed = new Deployed();
    deployed.account.profiles.push({ UserProfileName: "made-by-hand" });
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
    expect(deployed.account.changes.filter((change) => change.startsWith("DeleteUserProfile"))).toEqual([
      "DeleteUserProfile made-by-hand",
    ]);
  });
});

describe("the stacks that deployments need", () => {
  it.each<[string, Partial<Request>, boolean]>([
    ["are reported as staying when everything else is removed", {}, true],
    ["are not mentioned when one line of business is removed", { lob: "lob-a" }, false],
  ])("%s", async (_name, request, isMentioned) => {
    const deployed = new Deployed();
    deployed.stacks.others = ["state", "ci-access"];
    await deployed.teardown({ ...CONFIRMED, ...request });
    expect(deployed.text.includes("where they are deployed: state, ci-access (")).toBe(isMentioned);
    expect(deployed.stacks.destroyed).not.toContain("state");
  });
});

describe("without a confirmation", () => {
  it.each([
    ["there is no terminal to ask on", undefined, {}],
    ["the answer is no", "n", {}],
    ["the answer is only yes", "y", {}],
    ["another environment is named", undefined, { confirm: "prod" }],
  ])("nothing is deleted: %s", async (_name, answer, request) => {
    const deployed = new Deployed();
    deployed.ask = answer === undefined ? undefined : async () => Promise.resolve(answer);
    await expect(deployed.teardown(request)).rejects.toThrow(NotConfirmed);
    expect([deployed.account.changes, deployed.stacks.destroyed, deployed.journal.records]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe("logs of Studio's apps", () => {
  it("stay by default, and the output says so", async () => {
    const deployed = new Deployed();
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
    expect(deployed.account.logs.size).toBe(1);
    expect(deployed.text).toContain("lob-a: kept 1 log stream of Studio's apps");
  });

  it.each([
    ["the flag", { ...CONFIRMED, deleteLogs: true }],
    ["an answer", {}],
  ])("are deleted with %s", async (_name, request) => {
    const deployed = new Deployed();
    deployed.ask = async (question) => Promise.resolve(question.includes("log stream") ? "y" : "test");
    await expect(deployed.teardown(request)).resolves.toBe(true);
    expect(deployed.account.logs.size).toBe(0);
  });
});

describe("after an interruption", () => {
  /** Ends the run at the nth change of the account or of the stacks. */
  async function interruptedAt(deployed: Deployed, count: number): Promise<void> {
    const { stacks, account } = deployed;
    let left = count;
    const tick = (): void => {
      left -= 1;
      if (left < 0) throw awsError("Interrupted");
    };
    account.before = (operation) => {
      if (!/^(?:Describe|List)/.test(operation)) tick();
    };
    stacks.before = tick;
    await expect(deployed.teardown(CONFIRMED)).rejects.toThrow("Interrupted");
    account.before = () => undefined;
    stacks.before = () => undefined;
  }

  it.each(Array.from({ length: 12 }, (_, count) => count))(
    "at step %i, the next run finishes what was begun",
    async (count) => {
      const deployed = new Deployed();
      await interruptedAt(deployed, count);
      await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
      const { domains, groups, fileSystems, spaces } = deployed.account;
      expect([domains.size, groups, fileSystems, spaces, deployed.stacks.states.size]).toEqual([
        0,
        [],
        [],
        [],
        0,
      ]);
      expect(deployed.journal.records).toEqual([]);
    },
  );

  it("finds in the journal a domain that neither the state nor a security group names", async () => {
    const deployed = new Deployed();
    // The domain and its groups are gone; the file system is left.
    deployed.account.domains.clear();
    deployed.account.groups = [];
    deployed.account.spaces = [];
    deployed.stacks.states.delete("lob-a");
    deployed.journal.records = [{ lob: "lob-a", domainId: "d-1", domainArn: domainArn("d-1") }];
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
    expect(deployed.account.fileSystems).toEqual([]);
  });

  it("of a plain destroy, finds the domain by the security groups in the stack's VPC", async () => {
    const deployed = new Deployed();
    deployed.account.domains.clear();
    deployed.account.spaces = [];
    deployed.stacks.forgetDomain("lob-a");
    await expect(deployed.stacks.destroy(["lob-a"])).rejects.toThrow("DependencyViolation");
    await expect(deployed.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(deployed.account.groups).toEqual([]);
    expect(deployed.account.fileSystems).toEqual([]);
  });

  it("removes a domain from the journal once nothing of it is left", async () => {
    const deployed = new Deployed();
    deployed.journal.records = [{ lob: "lob-a", domainId: "d-0", domainArn: domainArn("d-0") }];
    await expect(deployed.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(deployed.text).not.toContain("d-0");
    expect(deployed.journal.records).toEqual([]);
  });

  it("names the lines of business in the journal that the config no longer has", async () => {
    const deployed = new Deployed();
    deployed.journal.records = [{ lob: "lob-z", domainId: "d-9", domainArn: domainArn("d-9") }];
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(false);
    expect(deployed.printed.at(-1)).toMatch(/lob-z: .*domain\/d-9; put lob-z back into the config/);
    expect(deployed.journal.records).toHaveLength(1);
  });
});

describe("a domain that Terraform does not know", () => {
  it("is not changed, though it is in the stack's VPC", async () => {
    const deployed = new Deployed();
    deployed.stacks.forgetDomain("lob-a");
    await expect(deployed.teardown(CONFIRMED)).rejects.toThrow(ForeignDomain);
    expect([deployed.account.changes, deployed.stacks.destroyed]).toEqual([[], []]);
  });

  it("is cleaned up only once it is deleted", async () => {
    const deployed = new Deployed();
    deployed.account.domains.set("d-1", "Deleting");
    deployed.stacks.forgetDomain("lob-a");
    let sleeps = 0;
    deployed.clock.meanwhile = () => {
      sleeps += 1;
      if (sleeps <= 2) expect(deployed.account.changes).toEqual([]);
      if (sleeps === 2) deployed.account.domains.clear();
    };
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(true);
    expect(deployed.account.groups).toEqual([]);
  });
});

describe("in an environment that keeps its data", () => {
  it("removes only stacks without data, and says what stays and how to remove it", async () => {
    const deployed = new Deployed();
    deployed.retain = true;
    deployed.stacks.states.set("lob-b", [resource("aws_kms_key", "unused")]);
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(false);
    expect(deployed.stacks.destroyed).toEqual(["lob-b"]);
    expect(deployed.account.changes).toEqual([]);
    expect(deployed.text).toContain("These stay, with the stacks that need them: networking, access, lob-a");
    expect(deployed.text).toContain("access: table users");
    expect(deployed.text).toContain("lob-a: Studio domain d-1, with its spaces");
    expect(deployed.text).toContain('write "dataRetention": "delete" into config/test.json');
  });

  it("gives the command that deploys one line of business without the others", async () => {
    const deployed = new Deployed();
    deployed.retain = true;
    await expect(deployed.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(false);
    expect(deployed.text).toContain("(npx cdktf deploy lob-a --ignore-missing-stack-dependencies)");
  });

  it("keeps home directories whose domain is gone", async () => {
    const deployed = new Deployed();
    deployed.retain = true;
    deployed.account.domains.clear();
    deployed.stacks.forgetDomain("lob-a");
    await expect(deployed.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(false);
    expect(deployed.account.changes).toEqual([]);
    expect(deployed.text).toContain("lob-a: home directories fs-d-1");
    expect(deployed.printed.at(-1)).toBe("Nothing was deleted.");
  });

  it("does not lift a protection that AWS still has and the config no longer has", async () => {
    const deployed = new Deployed();
    deployed.stacks.addTable("lobs", true);
    await expect(deployed.teardown(CONFIRMED)).resolves.toBe(false);
    expect(deployed.stacks.destroyed).toEqual(["aws_sagemaker_domain.lob-a", "lob-b", "lob-a"]);
    expect(deployed.text).toContain("access: table lobs");
    expect(deployed.text).toContain("deploy it first (npx cdktf deploy networking access)");
  });
});
