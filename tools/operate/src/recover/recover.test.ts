import type { AdoptionPlan } from "./adoption-plan";
import type { Found, Leftover } from "./leftovers";
import { recover, type RecoverContext, type Recovered } from "./recover";
import type { Damage } from "./state-damage";
import type { StateLock } from "./state-lock";

const SUBNET: Leftover = {
  address: "aws_subnet.Subnet",
  path: "lob-a/Network/Subnet",
  account: "222222222222",
  importId: "subnet-1",
  byState: false,
  unread: [],
};
const ROW: Leftover = {
  ...SUBNET,
  address: "aws_dynamodb_table_item.Lob",
  importId: "t|PK|a",
  byState: true,
};
const PLAN: AdoptionPlan = {
  imported: [{ address: SUBNET.address, changes: [] }],
  created: [],
  replaced: [],
  deleted: [],
};

const LOCK: StateLock = { id: "0f9c-1", lines: ["Who: ci@runner", "Created: 2026-11-28 10:00:00"] };

/** A stack whose leftovers are in the state once they are adopted. */
class Stack {
  readonly done: string[] = [];
  readonly printed: string[] = [];
  left: Leftover[] = [SUBNET];
  plan = PLAN;
  lock: StateLock | undefined;
  damaged: string[] = [];

  async recover(given: Partial<RecoverContext> = {}): Promise<Recovered> {
    return recover("lob-a", {
      find: async () => Promise.resolve<Found>({ leftovers: this.left, unclear: [] }),
      adopt: async (_stack, leftovers, isApproved) => {
        if (!(await isApproved(this.plan))) return false;
        this.#adopted(leftovers);
        return true;
      },
      adoptRows: async (_stack, leftovers) => {
        this.#adopted(leftovers);
        return Promise.resolve();
      },
      lock: async () => Promise.resolve(this.lock),
      damages: () => this.#damages(),
      releaseLock: async (_stack, id) => {
        this.lock = undefined;
        this.done.push(`released ${id}`);
        return Promise.resolve();
      },
      print: (text) => this.printed.push(text),
      approves: async () => Promise.resolve(true),
      releasesLock: async () => Promise.resolve(false),
      dryRun: false,
      ...given,
    });
  }

  async *#damages(): AsyncGenerator<Damage> {
    await Promise.resolve();
    for (const said of this.damaged)
      yield {
        said,
        ...(said === "of no use"
          ? {}
          : { mending: { question: "Mend it?", mend: async () => this.#mended(said) } }),
      };
  }

  async #mended(said: string): Promise<void> {
    this.done.push(`mended ${said}`);
    return Promise.resolve();
  }

  #adopted(leftovers: readonly Leftover[]): void {
    this.left = this.left.filter((one) => !leftovers.includes(one));
    this.done.push(...leftovers.map(({ importId }) => importId));
  }
}

describe("recover", () => {
  it("shows import blocks, and adopts what is approved, rows of tables last", async () => {
    const stack = new Stack();
    stack.left = [ROW, SUBNET];
    await expect(stack.recover()).resolves.toBe("adopted");
    expect(stack.done).toEqual(["subnet-1", "t|PK|a"]);
    expect(stack.printed.join("\n")).toContain('import {\n  to = aws_subnet.Subnet\n  id = "subnet-1"\n}\n');
  });

  it("adopts nothing in a dry run, and nothing that is not approved", async () => {
    const stack = new Stack();
    await expect(stack.recover({ dryRun: true })).resolves.toBe("found");
    await expect(stack.recover({ approves: async () => Promise.resolve(false) })).resolves.toBe(
      "not adopted",
    );
    expect(stack.done).toEqual([]);
  });

  it("leaves what Terraform would replace, and adopts the rest", async () => {
    const stack = new Stack();
    stack.plan = { ...PLAN, imported: [], replaced: [{ address: SUBNET.address, because: ["cidr_block"] }] };
    await expect(stack.recover()).resolves.toBe("not adopted");
    expect(stack.done).toEqual([]);
    expect(stack.printed.join("\n")).toContain("aws_subnet.Subnet differs in cidr_block");
  });

  it("never applies a plan that deletes", async () => {
    const stack = new Stack();
    stack.plan = { ...PLAN, deleted: ["aws_vpc.Vpc"] };
    await expect(stack.recover()).rejects.toThrow("delete or replace aws_vpc.Vpc, so nothing was adopted");
    expect(stack.done).toEqual([]);
  });

  it("says whose the lock of the state is, and releases it only on consent to that", async () => {
    const stack = new Stack();
    stack.lock = LOCK;
    await expect(stack.recover()).resolves.toBe("not adopted");
    expect(stack.printed.join("\n")).toContain("  Who: ci@runner\n  Created: 2026-11-28 10:00:00");
    expect(stack.done).toEqual([]);
    await expect(stack.recover({ releasesLock: async () => Promise.resolve(true) })).resolves.toBe("adopted");
    expect(stack.done).toEqual(["released 0f9c-1", "subnet-1"]);
  });

  it("releases a lock that is all that a deploy has left", async () => {
    const stack = new Stack();
    stack.left = [];
    stack.lock = LOCK;
    await expect(stack.recover({ dryRun: true })).resolves.toBe("found");
    await expect(stack.recover({ releasesLock: async () => Promise.resolve(true) })).resolves.toBe("adopted");
    expect(stack.done).toEqual(["released 0f9c-1"]);
  });

  it("mends a state that Terraform could not write, on consent, before it looks for anything", async () => {
    const stack = new Stack();
    stack.damaged = ["of no use", "cut off", "unsaved"];
    await expect(stack.recover({ dryRun: true })).resolves.toBe("found");
    await expect(stack.recover({ approves: async () => Promise.resolve(false) })).resolves.toBe(
      "not adopted",
    );
    expect(stack.done).toEqual([]);
    await expect(stack.recover()).resolves.toBe("adopted");
    expect(stack.done).toEqual(["mended cut off", "mended unsaved", "subnet-1"]);
    expect(stack.printed).toContain("of no use");
  });
});
