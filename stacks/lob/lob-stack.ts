import { Lazy } from "cdktf";
import type { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import { defaultBucketName, hasGroups, type Config, type LineOfBusiness } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { PrivateBucket } from "../constructs/private-bucket";
import { PrivateVpc } from "../constructs/private-vpc";
import { publish } from "../constructs/published-outputs";
import type { HubOutputs } from "../networking/outputs";
import { lobNames } from "../networking/resolvable-names";
import { AccessRole } from "./access-role";
import { DirectoryEntries } from "./directory-entries";
import { ExecutionRole } from "./execution-role";
import { HubHandshake } from "./hub-handshake";
import { ProfileMakerRole } from "./profile-maker-role";
import { StandInUsers } from "./stand-in-users";
import { StudioDomain } from "./studio-domain";
import { StudioNetwork } from "./studio-network";

export interface LobStackProps {
  readonly config: Config;
  readonly lob: LineOfBusiness;
  readonly hub: HubOutputs;
  readonly access: AccessOutputs;
}

/** One line of business, in its own account: VPC, Studio domain, roles; and both halves of its handshakes with the hub. */
export class LobStack extends AccountStack {
  constructor(scope: Construct, id: string, { config, lob, hub, access }: LobStackProps) {
    super(scope, id, { config, account: lob.account, alias: lob.name });
    const { names } = this.account;
    const sharedProvider = accountProvider(this, SHARED_SERVICES, config.sharedServices, config);
    const endpointIds = [hub.sagemakerApiEndpointId, hub.studioEndpointId];

    const { arn: keyArn } = new EncryptionKey(this, "DataKey", {
      ...this.account,
      name: names.of(lob.name),
      description: `Studio Access: home directories, volumes and logs of ${lob.name}`,
      logGroupPrefixes: [`/${names.prefix}/`],
    });
    const context = { ...this.account, keyArn, lob };
    const vpc = new PrivateVpc(this, "Network", {
      ...context,
      name: lob.name,
      cidrBlock: lob.cidr,
      resolvableNames: lobNames(config),
    });
    new HubHandshake(this, "HubHandshake", { ...context, sharedProvider, hub, vpc });
    const { securityGroupId } = new StudioNetwork(this, "StudioNetwork", { ...context, vpc });

    const executionRole = new ExecutionRole(this, "ExecutionRole", {
      ...context,
      // The role's policy names the domain, which names the role: the id is looked up when both are there.
      domainId: Lazy.stringValue({ produce: () => domain.domainId }),
      endpointIds,
    });
    const domain: StudioDomain = new StudioDomain(this, "Studio", {
      ...context,
      vpc,
      executionRoleArn: executionRole.arn,
      securityGroupId,
    });
    if (lob.defaultBucket !== false)
      new PrivateBucket(this, "DefaultBucket", {
        ...context,
        name: defaultBucketName(config.region, lob.account.id),
      });
    const { domainId } = domain;
    const accessRole = new AccessRole(this, "AccessRole", { ...context, domainId, endpointIds });
    const profileMaker = hasGroups(lob)
      ? new ProfileMakerRole(this, "ProfileMaker", {
          ...context,
          domainId,
          apiEndpointId: hub.sagemakerApiEndpointId,
          securityGroupId,
        })
      : undefined;

    new DirectoryEntries(this, "Directory", {
      provider: sharedProvider,
      access,
      config,
      lob,
      domainId,
      accessRoleArn: accessRole.arn,
      profileMakerRoleArn: profileMaker?.arn,
    });
    if (access.userPoolId !== undefined) {
      new StandInUsers(this, "SignIns", { provider: sharedProvider, userPoolId: access.userPoolId, lob });
    }
    publish(this, {
      vpc_id: [vpc.id, "Id of the LOB's VPC."],
      domain_id: [domainId, "Id of the Studio domain."],
      domain_url: [domain.url, "URL of the Studio domain."],
      home_efs_file_system_id: [
        domain.homeEfsFileSystemId,
        "EFS file system of the users' home directories.",
      ],
      access_role_arn: [accessRole.arn, "ARN of the role that the presign function assumes."],
      ...(profileMaker === undefined
        ? {}
        : { profile_maker_role_arn: [profileMaker.arn, "ARN of the role that makes profiles at sign-in."] }),
      execution_role_arn: [executionRole.arn, "ARN of the role that Studio's apps run with."],
    });
  }
}
