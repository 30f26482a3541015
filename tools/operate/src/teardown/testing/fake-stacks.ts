import type { StateResource, Stacks } from "../stacks";
import { domainArn, type FakeAccount } from "./fake-account";

const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  networking: [],
  access: ["networking"],
};

/** Stacks of an environment with all domains in one account. A destroy fails under the same conditions as on AWS. */
export class FakeStacks implements Stacks {
  /** What was destroyed, in order. */
  readonly destroyed: string[] = [];
  readonly names: readonly string[];
  others: readonly string[] = [];
  readonly states = new Map<string, StateResource[]>();
  /** Called before each destroy; may throw. */
  before: () => void = () => undefined;
  readonly #account: FakeAccount;

  constructor(account: FakeAccount, names: readonly string[]) {
    this.#account = account;
    this.names = names;
  }

  /** Deploys a line of business: a domain with one user's profile, and a VPC. */
  addLob(lob: string, domainId: string): void {
    const vpcId = `vpc-${lob}`;
    this.#account.addDomain(domainId, vpcId);
    this.states.set(lob, [
      resource("aws_sagemaker_domain", lob, { id: domainId, arn: domainArn(domainId) }),
      resource("aws_sagemaker_user_profile", lob, { user_profile_name: "user-a" }),
      resource("aws_vpc", lob, { id: vpcId }),
    ]);
  }

  addTable(name: string, isProtected: boolean): void {
    const table = resource("aws_dynamodb_table", name, {
      name,
      deletion_protection_enabled: String(isProtected),
    });
    this.states.set("access", [...(this.states.get("access") ?? []), table]);
  }

  /** Leaves the state as it is after a destroy of the domain without a teardown. */
  forgetDomain(lob: string): void {
    this.states.set(lob, withoutStudio(this.states.get(lob) ?? []));
  }

  dependenciesOf(stack: string): readonly string[] {
    return DEPENDENCIES[stack] ?? ["networking", "access"];
  }

  async resources(stack: string): Promise<readonly StateResource[]> {
    return Promise.resolve([...(this.states.get(stack) ?? [])]);
  }

  async destroyOne(stack: string, address: string): Promise<void> {
    this.before();
    const { apps, spaces, domains } = this.#account;
    if (spaces.length > 0 || apps.some(({ Status = "InService" }) => Status === "InService")) {
      throw new Error("ResourceInUse");
    }
    const resources = this.states.get(stack) ?? [];
    domains.delete(resources.find((one) => one.address === address)?.attributes["id"] ?? "");
    this.#account.profiles = [];
    this.states.set(stack, withoutStudio(resources));
    this.destroyed.push(address);
    return Promise.resolve();
  }

  async destroy(stacks: readonly string[]): Promise<void> {
    this.before();
    for (const stack of stacks.toReversed()) {
      const vpc = this.states.get(stack)?.find(({ type }) => type === "aws_vpc")?.attributes["id"];
      if (this.#account.groups.some(({ VpcId }) => VpcId === vpc)) throw new Error("DependencyViolation");
      this.states.delete(stack);
      this.destroyed.push(stack);
    }
    return Promise.resolve();
  }
}

function withoutStudio(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ type }) => !type.startsWith("aws_sagemaker_"));
}

/** A resource of one type, whose address is its name. */
export function resource(
  type: string,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): StateResource {
  return { address: `${type}.${name}`, type, attributes };
}
