import type { Stacks } from "../stacks";
import { domainArn, type FakeAccount } from "./fake-account";

const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  networking: [],
  access: ["networking"],
};

/** Stacks of an environment, whose domains stand in one account. Destroys fail as they do on AWS. */
export class FakeStacks implements Stacks {
  /** What was destroyed, in order. */
  readonly destroyed: string[] = [];
  readonly names: readonly string[];
  readonly states = new Map<string, string[]>();
  /** By address. */
  readonly details = new Map<string, Readonly<Record<string, string>>>();
  /** Told before each destroy; may throw. */
  before: () => void = () => undefined;
  readonly #account: FakeAccount;

  constructor(account: FakeAccount, names: readonly string[]) {
    this.#account = account;
    this.names = names;
  }

  /** Deploys a line of business: a domain and a VPC. */
  addLob(lob: string, domainId: string): void {
    const vpcId = `vpc-${lob}`;
    this.#account.addDomain(domainId, vpcId);
    this.states.set(lob, [`aws_sagemaker_domain.${lob}`, `aws_vpc.${lob}`]);
    this.details.set(`aws_sagemaker_domain.${lob}`, {
      id: domainId,
      arn: domainArn(domainId),
      vpc_id: vpcId,
    });
    this.details.set(`aws_vpc.${lob}`, { id: vpcId });
  }

  addTable(name: string, isProtected: boolean): void {
    const address = `aws_dynamodb_table.${name}`;
    this.states.set("access", [...(this.states.get("access") ?? []), address]);
    this.details.set(address, { name, deletion_protection_enabled: String(isProtected) });
  }

  dependenciesOf(stack: string): readonly string[] {
    return DEPENDENCIES[stack] ?? ["networking", "access"];
  }

  async addresses(stack: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.states.get(stack) ?? [])]);
  }

  async attributes(_stack: string, address: string): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(Object.entries(this.details.get(address) ?? {})));
  }

  async destroyOne(stack: string, address: string): Promise<void> {
    this.before();
    const { apps, spaces, domains } = this.#account;
    if (spaces.length > 0 || apps.some(({ Status = "InService" }) => Status === "InService")) {
      throw new Error("ResourceInUse");
    }
    domains.delete(this.details.get(address)?.["id"] ?? "");
    this.#account.profiles = [];
    this.states.set(
      stack,
      (this.states.get(stack) ?? []).filter((one) => one !== address),
    );
    this.destroyed.push(address);
    return Promise.resolve();
  }

  async destroy(stacks: readonly string[]): Promise<void> {
    this.before();
    for (const stack of stacks.toReversed()) {
      const vpc = this.details.get(`aws_vpc.${stack}`)?.["id"];
      if (this.#account.groups.some(({ VpcId }) => VpcId === vpc)) throw new Error("DependencyViolation");
      this.states.delete(stack);
      this.destroyed.push(stack);
    }
    return Promise.resolve();
  }
}
