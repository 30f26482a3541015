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

/** An environment that is deployed: the hub, a table, and the line of business lob-a. Its account serves for all. */
class Deployed {
  readonly account = new FakeAccount();
  readonly stacks = new FakeStacks(this.account, ["networking", "access", "lob-a", "lob-b"]);
  readonly journal = new MemoryJournal();
  readonly clock = new FakeClock();
  readonly printed: string[] = [];
  retain = false;
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
  it("empties the domain, destroys it, sweeps what it left, and only then destroys the stacks", async () => {
    const world = new Deployed();
    await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
    expect(world.account.changes).toEqual([
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
    expect(world.stacks.destroyed).toEqual([
      "aws_sagemaker_domain.lob-a",
      "lob-b",
      "lob-a",
      "access",
      "networking",
    ]);
    expect(world.printed.at(-1)).toBe("Nothing is left.");
    expect(world.journal.records).toEqual([]);
  });

  it("of one line of business leaves all others alone", async () => {
    const world = new Deployed();
    world.stacks.addLob("lob-b", "d-2");
    await expect(world.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(world.stacks.destroyed).toEqual(["aws_sagemaker_domain.lob-a", "lob-a"]);
    expect([...world.stacks.states.keys()]).toEqual(["networking", "access", "lob-b"]);
    expect(world.account.groups.map(({ GroupId }) => GroupId)).toEqual(["sg-inbound-d-2", "sg-outbound-d-2"]);
    expect(world.account.fileSystems.map(({ FileSystemId }) => FileSystemId)).toEqual(["fs-d-2"]);
  });

  it("knows the lines of business by name", async () => {
    await expect(new Deployed().teardown({ lob: "lob-x" })).rejects.toThrow(
      "No line of business is called lob-x. The config names lob-a, lob-b.",
    );
  });

  it("finds nothing to do, and asks nothing, where nothing is deployed", async () => {
    const world = new Deployed();
    await world.teardown({ ...CONFIRMED, deleteLogs: true });
    await expect(world.teardown()).resolves.toBe(true);
    expect(world.printed.at(-1)).toBe("Nothing is left.");
  });

  it("deletes nothing when it is only to be shown", async () => {
    const world = new Deployed();
    await expect(world.teardown({ ...CONFIRMED, dryRun: true })).resolves.toBe(true);
    expect([world.account.changes, world.stacks.destroyed, world.journal.records]).toEqual([[], [], []]);
    expect(world.printed[0]).toBe(`This would go:

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
    expect(world.printed.at(-1)).toContain("Nothing was deleted");
  });

  it("says that something is left, and keeps it in mind", async () => {
    const world = new Deployed();
    world.stacks.destroy = async (): Promise<void> => Promise.resolve();
    await expect(world.teardown(CONFIRMED)).resolves.toBe(false);
    expect(world.printed.at(-1)).toBe(
      "Still there:\nnetworking: aws_vpc.hub, in Terraform's state\n" +
        "access: aws_dynamodb_table.users, in Terraform's state\nlob-a: aws_vpc.lob-a, in Terraform's state",
    );
    expect(world.journal.records).toHaveLength(1);
  });
});

describe("profiles of users", () => {
  it("go by Terraform where its state has them, and else before the domain, whatever the config says", async () => {
    const world = new Deployed();
    world.account.profiles.push({ UserProfileName: "made-by-hand" });
    await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
    expect(world.account.changes.filter((change) => change.startsWith("DeleteUserProfile"))).toEqual([
      "DeleteUserProfile made-by-hand",
    ]);
  });
});

describe("what deployments themselves need", () => {
  it.each<[string, Partial<Request>, boolean]>([
    ["is said to stay where all else goes", {}, true],
    ["is not mentioned where one line of business goes", { lob: "lob-a" }, false],
  ])("%s", async (_name, request, isMentioned) => {
    const world = new Deployed();
    world.stacks.others = ["state", "ci-access"];
    await world.teardown({ ...CONFIRMED, ...request });
    expect(world.text.includes("still there where deployed: state, ci-access (")).toBe(isMentioned);
    expect(world.stacks.destroyed).not.toContain("state");
  });
});

describe("without a confirmation", () => {
  it.each([
    ["nobody is there to ask", undefined, {}],
    ["the answer is no", "n", {}],
    ["the answer is only yes", "y", {}],
    ["another environment is named", undefined, { confirm: "prod" }],
  ])("nothing is deleted: %s", async (_name, answer, request) => {
    const world = new Deployed();
    world.ask = answer === undefined ? undefined : async () => Promise.resolve(answer);
    await expect(world.teardown(request)).rejects.toThrow(NotConfirmed);
    expect([world.account.changes, world.stacks.destroyed, world.journal.records]).toEqual([[], [], []]);
  });
});

describe("logs of Studio's apps", () => {
  it("stay unless somebody wants them deleted, and are mentioned", async () => {
    const world = new Deployed();
    await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
    expect(world.account.logs.size).toBe(1);
    expect(world.text).toContain("lob-a: kept 1 log stream of Studio's apps");
  });

  it.each([
    ["the flag", { ...CONFIRMED, deleteLogs: true }],
    ["an answer", {}],
  ])("go with %s", async (_name, request) => {
    const world = new Deployed();
    world.ask = async (question) => Promise.resolve(question.includes("log stream") ? "y" : "test");
    await expect(world.teardown(request)).resolves.toBe(true);
    expect(world.account.logs.size).toBe(0);
  });
});

describe("after an interruption", () => {
  /** Ends the run at the nth change of the account or of the stacks. */
  async function interruptedAt(world: Deployed, count: number): Promise<void> {
    const { stacks, account } = world;
    let left = count;
    const tick = (): void => {
      left -= 1;
      if (left < 0) throw awsError("Interrupted");
    };
    account.before = (operation) => {
      if (!/^(?:Describe|List)/.test(operation)) tick();
    };
    stacks.before = tick;
    await expect(world.teardown(CONFIRMED)).rejects.toThrow("Interrupted");
    account.before = () => undefined;
    stacks.before = () => undefined;
  }

  it.each(Array.from({ length: 12 }, (_, count) => count))(
    "at step %i, the next run finishes what was begun",
    async (count) => {
      const world = new Deployed();
      await interruptedAt(world, count);
      await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
      const { domains, groups, fileSystems, spaces } = world.account;
      expect([domains.size, groups, fileSystems, spaces, world.stacks.states.size]).toEqual([
        0,
        [],
        [],
        [],
        0,
      ]);
      expect(world.journal.records).toEqual([]);
    },
  );

  it("knows from the journal what no state and no group tells any more", async () => {
    const world = new Deployed();
    // Domain and groups are gone, the file system is not.
    world.account.domains.clear();
    world.account.groups = [];
    world.account.spaces = [];
    world.stacks.states.delete("lob-a");
    world.journal.records = [{ lob: "lob-a", domainId: "d-1", domainArn: domainArn("d-1") }];
    await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
    expect(world.account.fileSystems).toEqual([]);
  });

  it("of a plain destroy, finds the domain by the groups in the stack's own VPC", async () => {
    const world = new Deployed();
    world.account.domains.clear();
    world.account.spaces = [];
    world.stacks.forgetDomain("lob-a");
    await expect(world.stacks.destroy(["lob-a"])).rejects.toThrow("DependencyViolation");
    await expect(world.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(world.account.groups).toEqual([]);
    expect(world.account.fileSystems).toEqual([]);
  });

  it("forgets what the journal names, once nothing of it is left", async () => {
    const world = new Deployed();
    world.journal.records = [{ lob: "lob-a", domainId: "d-0", domainArn: domainArn("d-0") }];
    await expect(world.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(true);
    expect(world.text).not.toContain("d-0");
    expect(world.journal.records).toEqual([]);
  });

  it("says which lines of business it can no longer see, since the config has lost them", async () => {
    const world = new Deployed();
    world.journal.records = [{ lob: "lob-z", domainId: "d-9", domainArn: domainArn("d-9") }];
    await expect(world.teardown(CONFIRMED)).resolves.toBe(false);
    expect(world.printed.at(-1)).toMatch(/lob-z: .*domain\/d-9; put lob-z back into the config/);
    expect(world.journal.records).toHaveLength(1);
  });
});

describe("a domain that Terraform does not know", () => {
  it("is not touched, though it stands in the stack's VPC", async () => {
    const world = new Deployed();
    world.stacks.forgetDomain("lob-a");
    await expect(world.teardown(CONFIRMED)).rejects.toThrow(ForeignDomain);
    expect([world.account.changes, world.stacks.destroyed]).toEqual([[], []]);
  });

  it("is swept only once it is gone", async () => {
    const world = new Deployed();
    world.account.domains.set("d-1", "Deleting");
    world.stacks.forgetDomain("lob-a");
    let sleeps = 0;
    world.clock.meanwhile = () => {
      sleeps += 1;
      if (sleeps <= 2) expect(world.account.changes).toEqual([]);
      if (sleeps === 2) world.account.domains.clear();
    };
    await expect(world.teardown(CONFIRMED)).resolves.toBe(true);
    expect(world.account.groups).toEqual([]);
  });
});

describe("in an environment that keeps its data", () => {
  it("removes only what holds none, says what stays and what to change", async () => {
    const world = new Deployed();
    world.retain = true;
    world.stacks.states.set("lob-b", [resource("aws_kms_key", "unused")]);
    await expect(world.teardown(CONFIRMED)).resolves.toBe(false);
    expect(world.stacks.destroyed).toEqual(["lob-b"]);
    expect(world.account.changes).toEqual([]);
    expect(world.text).toContain("These stay, with the stacks that need them: networking, access, lob-a");
    expect(world.text).toContain("access: table users");
    expect(world.text).toContain("lob-a: Studio domain d-1, with its spaces");
    expect(world.text).toContain('write "dataRetention": "delete" into config/test.json');
  });

  it("says how one line of business is deployed without the others", async () => {
    const world = new Deployed();
    world.retain = true;
    await expect(world.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(false);
    expect(world.text).toContain("(npx cdktf deploy lob-a --ignore-missing-stack-dependencies)");
  });

  it("keeps home directories whose domain is gone", async () => {
    const world = new Deployed();
    world.retain = true;
    world.account.domains.clear();
    world.stacks.forgetDomain("lob-a");
    await expect(world.teardown({ ...CONFIRMED, lob: "lob-a" })).resolves.toBe(false);
    expect(world.account.changes).toEqual([]);
    expect(world.text).toContain("lob-a: home directories fs-d-1");
    expect(world.printed.at(-1)).toBe("Nothing was deleted.");
  });

  it("does not lift a protection that only AWS still has", async () => {
    const world = new Deployed();
    world.stacks.addTable("lobs", true);
    await expect(world.teardown(CONFIRMED)).resolves.toBe(false);
    expect(world.stacks.destroyed).toEqual(["aws_sagemaker_domain.lob-a", "lob-b", "lob-a"]);
    expect(world.text).toContain("access: table lobs");
    expect(world.text).toContain("deploy it first (npx cdktf deploy networking access)");
  });
});
