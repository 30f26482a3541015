import {
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
  type Filter,
  type SecurityGroup,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";

import { isNamed, unlessNamed } from "./aws-errors";
import { MANAGED_BY_SAGEMAKER } from "./home-file-systems";
import { allPages } from "./pages";
import { waitUntil, type Waiting } from "./wait";

/** A security group. */
export interface NfsGroup {
  readonly id: string;
  readonly name: string;
}

/** A domain for which security groups in a VPC were made. */
export interface GroupOwner {
  readonly domainId: string;
  readonly domainArn: string;
}

const DIRECTIONS = ["inbound", "outbound"] as const;

/** The two security groups that SageMaker makes for each domain, and leaves behind when the domain is deleted. */
export class NfsGroups {
  readonly #client: Pick<EC2Client, "send">;

  constructor(client: Pick<EC2Client, "send">) {
    this.#client = client;
  }

  async of(domainId: string): Promise<NfsGroup[]> {
    const Values = DIRECTIONS.map((direction) => groupName(direction, domainId));
    const groups = await this.#groups({ Name: "group-name", Values });
    return groups.map(({ GroupId = "", GroupName = "" }) => ({ id: GroupId, name: GroupName }));
  }

  /** Domains with groups in a VPC, whether or not the domains exist. Both the name and the tag have to name the domain. */
  async ownersIn(vpcId: string): Promise<GroupOwner[]> {
    const groups = await this.#groups({ Name: "vpc-id", Values: [vpcId] });
    const owners = groups.flatMap(({ GroupName = "", Tags = [] }) => {
      const domainArn = Tags.find(({ Key }) => Key === MANAGED_BY_SAGEMAKER)?.Value;
      const [, domainId] =
        /^arn:[\w-]+:sagemaker:[\w-]+:\d{12}:domain\/(d-[\w-]+)$/.exec(domainArn ?? "") ?? [];
      if (domainArn === undefined || domainId === undefined) return [];
      const isNamedSo = DIRECTIONS.some((direction) => GroupName === groupName(direction, domainId));
      return isNamedSo ? [{ domainId, domainArn }] : [];
    });
    return [...new Map(owners.map((owner) => [owner.domainId, owner])).values()];
  }

  /** Revokes the rules of all groups first, since the groups refer to each other, and then deletes the groups. */
  async delete(groups: readonly NfsGroup[], waiting: Waiting): Promise<void> {
    for (const { id } of groups) await this.#stripRules(id);
    for (const group of groups) await this.#deleteGroup(group, waiting);
  }

  async #stripRules(GroupId: string): Promise<void> {
    const rules = await this.#rules(GroupId);
    const idsOf = (isEgress: boolean): string[] =>
      rules
        .filter(({ IsEgress }) => IsEgress === isEgress)
        .flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []);
    const egress = idsOf(true);
    const ingress = idsOf(false);
    const gone = [
      "InvalidGroup.NotFound",
      "InvalidSecurityGroupRuleId.NotFound",
      "InvalidPermission.NotFound",
    ];
    await unlessNamed(gone, async () => {
      if (egress.length > 0) {
        const input = { GroupId, SecurityGroupRuleIds: egress };
        await this.#client.send(new RevokeSecurityGroupEgressCommand(input));
      }
      if (ingress.length > 0) {
        const input = { GroupId, SecurityGroupRuleIds: ingress };
        await this.#client.send(new RevokeSecurityGroupIngressCommand(input));
      }
    });
  }

  /** Retries, since SageMaker still uses a group for a while after the domain is deleted. */
  async #deleteGroup({ id, name }: NfsGroup, waiting: Waiting): Promise<void> {
    const look = async (): Promise<string | undefined> => {
      try {
        await this.#client.send(new DeleteSecurityGroupCommand({ GroupId: id }));
        return undefined;
      } catch (error) {
        if (isNamed(error, "InvalidGroup.NotFound")) return undefined;
        if (!isNamed(error, "DependencyViolation")) throw error;
        return `${name} (${id}) is still in use: ${await this.#usersOf(id)}`;
      }
    };
    await waitUntil(`deleting security group ${name}`, 10, look, waiting);
  }

  /** What still uses a group, as text. */
  async #usersOf(id: string): Promise<string> {
    const { NetworkInterfaces = [] } = await this.#client.send(
      new DescribeNetworkInterfacesCommand({ Filters: [{ Name: "group-id", Values: [id] }] }),
    );
    const naming = await Promise.all(
      ["ip-permission.group-id", "egress.ip-permission.group-id"].map(async (Name) =>
        this.#groups({ Name, Values: [id] }),
      ),
    );
    const users = [
      ...NetworkInterfaces.map(({ NetworkInterfaceId = "" }) => NetworkInterfaceId),
      ...naming.flat().map(({ GroupId = "" }) => `a rule of ${GroupId}`),
    ];
    return users.length === 0 ? "by SageMaker itself" : users.join(", ");
  }

  async #groups(filter: Filter): Promise<SecurityGroup[]> {
    return allPages(async (next) => {
      const { SecurityGroups, NextToken } = await this.#client.send(
        new DescribeSecurityGroupsCommand({ Filters: [filter], MaxResults: 1000, NextToken: next }),
      );
      return { items: SecurityGroups, next: NextToken };
    });
  }

  async #rules(groupId: string): Promise<SecurityGroupRule[]> {
    const Filters = [{ Name: "group-id", Values: [groupId] }];
    return allPages(async (next) => {
      const { SecurityGroupRules, NextToken } = await this.#client.send(
        new DescribeSecurityGroupRulesCommand({ Filters, MaxResults: 1000, NextToken: next }),
      );
      return { items: SecurityGroupRules, next: NextToken };
    });
  }
}

function groupName(direction: (typeof DIRECTIONS)[number], domainId: string): string {
  return `security-group-for-${direction}-nfs-${domainId}`;
}
