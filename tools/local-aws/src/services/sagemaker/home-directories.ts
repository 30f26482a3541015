import type { Moto, Reply } from "../../server/call";
import { parseXml, textAt } from "../../server/xml";
import type { Place } from "../vpc-lookup";

/** The properties of a domain that its home directories need. */
export interface HomeOwner {
  readonly domainId: string;
  readonly arn: string;
  readonly vpcId: string;
  /** At most one for each availability zone, because EFS allows only one mount target per zone. */
  readonly subnetIds: readonly string[];
  readonly kmsKeyId: string | undefined;
}

/** Tag of the resources that SageMaker creates; its value is the domain's ARN. */
const MARK = "ManagedByAmazonSageMakerResource";

/** Ports of NFS and Lustre, which a domain can mount. */
const PORTS = [
  [988, 988],
  [1018, 1023],
  [2049, 2049],
] as const;

const FILE_SYSTEMS = "/2015-02-01/file-systems";
const MOUNT_TARGETS = "/2015-02-01/mount-targets";

/**
 * The resources that SageMaker creates for a domain's home directories in the customer's account: a file system, its mount
 * targets in the domain's subnets, and two security groups whose rules name each other.
 *
 * AWS documents the groups' names, and that they are not deleted; rules, descriptions and tags are copied from real accounts.
 */
export class HomeDirectories {
  readonly #moto: Pick<Moto, "query" | "rest">;

  constructor(moto: Pick<Moto, "query" | "rest">) {
    this.#moto = moto;
  }

  /** @returns id of the file system */
  async make(place: Place, owner: HomeOwner): Promise<string> {
    const inbound = await this.#group(place, owner, "inbound");
    const outbound = await this.#group(place, owner, "outbound");
    await this.#ec2(place, "AuthorizeSecurityGroupIngress", { GroupId: inbound, ...rules(outbound) });
    await this.#ec2(place, "AuthorizeSecurityGroupEgress", { GroupId: outbound, ...rules(inbound) });
    const { FileSystemId } = (await this.#efs(place, "POST", FILE_SYSTEMS, {
      CreationToken: owner.domainId,
      Encrypted: true,
      ...(owner.kmsKeyId !== undefined && { KmsKeyId: owner.kmsKeyId }),
      Tags: [{ Key: MARK, Value: owner.arn }],
    })) as { FileSystemId: string };
    for (const SubnetId of owner.subnetIds) {
      await this.#efs(place, "POST", MOUNT_TARGETS, { FileSystemId, SubnetId, SecurityGroups: [inbound] });
    }
    return FileSystemId;
  }

  /** Deletes a domain's file system, if it still exists. As on AWS the groups are not deleted. */
  async deleteFileSystem(place: Place, id: string): Promise<void> {
    const query = `?${new URLSearchParams({ FileSystemId: id }).toString()}`;
    const found = await this.#efs(place, "GET", `${MOUNT_TARGETS}${query}`);
    if (found === undefined) return;
    const { MountTargets } = found as {
      MountTargets: readonly { MountTargetId: string }[];
    };
    for (const { MountTargetId } of MountTargets) {
      await this.#efs(place, "DELETE", `${MOUNT_TARGETS}/${MountTargetId}`);
    }
    await this.#efs(place, "DELETE", `${FILE_SYSTEMS}/${id}`);
  }

  /** A group without any rule. @returns its id */
  async #group(
    place: Place,
    { domainId, arn, vpcId }: HomeOwner,
    direction: "inbound" | "outbound",
  ): Promise<string> {
    const traffic = `allows ${direction} NFS traffic for SageMaker Notebooks Domain`;
    const reply = await this.#ec2(place, "CreateSecurityGroup", {
      GroupName: `security-group-for-${direction}-nfs-${domainId}`,
      GroupDescription: `[DO NOT DELETE] Security Group that ${traffic} [${domainId}]`,
      VpcId: vpcId,
      "TagSpecification.1.ResourceType": "security-group",
      "TagSpecification.1.Tag.1.Key": MARK,
      "TagSpecification.1.Tag.1.Value": arn,
    });
    const id = textAt(parseXml(reply.body.toString()), "groupId") ?? "";
    // The default egress rule of a new group.
    await this.#ec2(place, "RevokeSecurityGroupEgress", {
      GroupId: id,
      "IpPermissions.1.IpProtocol": "-1",
      "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
    });
    return id;
  }

  async #ec2(
    { account, region }: Place,
    Action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    return succeeded(Action, await this.#moto.query("ec2", account, region, { Action, ...parameters }));
  }

  /** @returns EFS's reply; undefined when the resource does not exist */
  async #efs({ account, region }: Place, method: string, path: string, body?: unknown): Promise<unknown> {
    const reply = await this.#moto.rest("elasticfilesystem", account, region, method, path, body);
    if (reply.status === 404) return undefined;
    const text = succeeded(`${method} ${path}`, reply).body.toString();
    return text === "" ? {} : JSON.parse(text);
  }
}

/** Rules for each port from or to the other group. */
function rules(groupId: string): Record<string, string> {
  return Object.fromEntries(
    PORTS.flatMap(([from, to], index) => {
      const rule = `IpPermissions.${index + 1}`;
      return [
        [`${rule}.IpProtocol`, "tcp"],
        [`${rule}.FromPort`, String(from)],
        [`${rule}.ToPort`, String(to)],
        [`${rule}.Groups.1.GroupId`, groupId],
      ];
    }),
  );
}

function succeeded(what: string, reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`moto answered ${what} with HTTP ${reply.status}`);
  return reply;
}
