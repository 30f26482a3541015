import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import { namesFor, type Config, type LineOfBusiness } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { PrivateVpc } from "../constructs/private-vpc";
import { publish } from "../constructs/published-outputs";
import { keepState } from "../constructs/state";
import { RequireExplicitProvider } from "../guards/require-explicit-provider";
import type { HubOutputs } from "../networking/outputs";
import { AccessRole } from "./access-role";
import { DirectoryEntries } from "./directory-entries";
import { ExecutionRole } from "./execution-role";
import { HubHandshake } from "./hub-handshake";
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
export class LobStack extends TerraformStack {
  constructor(scope: Construct, id: string, { config, lob, hub, access }: LobStackProps) {
    super(scope, id);
    keepState(this, config);
    const names = namesFor(config.environment);
    const accountId = lob.account.id;
    const provider = accountProvider(this, lob.name, lob.account, config);
    const sharedProvider = accountProvider(this, "shared-services", config.sharedServices, config);
    const endpointIds = [hub.sagemakerApiEndpointId, hub.studioEndpointId];

    const { arn: keyArn } = new EncryptionKey(this, "DataKey", {
      provider,
      accountId,
      config,
      name: names.of(lob.name),
      description: `Studio Access: home directories, volumes and logs of ${lob.name}`,
      logGroupPrefix: `/${names.prefix}/`,
    });
    const vpc = new PrivateVpc(this, "Network", {
      provider,
      accountId,
      config,
      names,
      name: lob.name,
      cidrBlock: lob.cidr,
      keyArn,
    });
    new HubHandshake(this, "HubHandshake", {
      lobProvider: provider,
      sharedProvider,
      config,
      lob,
      names,
      hub,
      vpc,
    });
    const { securityGroupId } = new StudioNetwork(this, "StudioNetwork", {
      provider,
      config,
      lob,
      names,
      vpc,
    });

    const executionRole = new ExecutionRole(this, "ExecutionRole", { provider, config, lob, names, keyArn });
    const domain = new StudioDomain(this, "Studio", {
      provider,
      config,
      lob,
      vpc,
      keyArn,
      executionRoleArn: executionRole.arn,
      securityGroupId,
    });
    const { domainId } = domain;
    executionRole.allowOwnProfile({ provider, config, lob, names, keyArn, domainId, endpointIds });
    const accessRole = new AccessRole(this, "AccessRole", {
      provider,
      config,
      lob,
      names,
      domainId,
      endpointIds,
    });

    new DirectoryEntries(this, "Directory", {
      provider: sharedProvider,
      access,
      lob,
      domainId,
      accessRoleArn: accessRole.arn,
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
      execution_role_arn: [executionRole.arn, "ARN of the role that Studio's apps run with."],
    });
    Aspects.of(this).add(new RequireExplicitProvider());
  }
}
