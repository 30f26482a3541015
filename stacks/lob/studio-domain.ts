import {
  SagemakerDomain,
  type SagemakerDomainDefaultUserSettings,
} from "@cdktf/provider-aws/lib/sagemaker-domain";
import { SagemakerUserProfile } from "@cdktf/provider-aws/lib/sagemaker-user-profile";
import { Construct } from "constructs";

import { profileOf, type LineOfBusiness } from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { letGo } from "../constructs/let-go";
import type { PrivateVpc } from "../constructs/private-vpc";

export interface StudioDomainProps extends EncryptedContext {
  readonly lob: LineOfBusiness;
  readonly vpc: PrivateVpc;
  readonly executionRoleArn: string;
  readonly securityGroupId: string;
}

/** The LOB's Studio domain, without any way to the internet, and a profile for each of its users. */
export class StudioDomain extends Construct {
  readonly domainId: string;
  readonly url: string;
  readonly homeEfsFileSystemId: string;

  constructor(scope: Construct, id: string, props: StudioDomainProps) {
    super(scope, id);
    const { provider, config, lob, vpc } = props;
    const retain = config.dataRetention === "retain";
    const domain = new SagemakerDomain(this, "Domain", {
      provider,
      domainName: lob.domainName,
      authMode: "IAM",
      appNetworkAccessType: "VpcOnly",
      vpcId: vpc.id,
      subnetIds: vpc.privateSubnetIds,
      kmsKeyId: props.keyArn,
      tagPropagation: "ENABLED",
      domainSettings: {
        // Tells CloudTrail, and the execution role's policy, which user an app acts for.
        executionRoleIdentityConfig: "USER_PROFILE_NAME",
        securityGroupIds: [props.securityGroupId],
      },
      defaultUserSettings: userSettings(props),
      defaultSpaceSettings: {
        executionRole: props.executionRoleArn,
        securityGroups: [props.securityGroupId],
      },
      retentionPolicy: { homeEfsFileSystem: retain ? "Retain" : "Delete" },
      // A new domain means new home directories: the users' files would be orphaned.
      lifecycle: { preventDestroy: retain },
    });
    this.domainId = domain.id;
    this.url = domain.url;
    this.homeEfsFileSystemId = domain.homeEfsFileSystemId;

    for (const user of lob.users.map(profileOf)) {
      new SagemakerUserProfile(this, `User-${user}`, {
        provider,
        domainId: domain.id,
        userProfileName: user,
        userSettings: { executionRole: props.executionRoleArn },
      });
    }
    // A new profile would get a home directory of its own.
    for (const user of (lob.formerUsers ?? []).map(profileOf))
      letGo(this, `User-${user}`, "aws_sagemaker_user_profile");
  }
}

function userSettings({
  config,
  executionRoleArn,
  securityGroupId,
}: StudioDomainProps): SagemakerDomainDefaultUserSettings {
  const minutes = config.studio.idleShutdownMinutes;
  const appLifecycleManagement = {
    idleSettings: {
      lifecycleManagement: "ENABLED",
      idleTimeoutInMinutes: minutes,
      minIdleTimeoutInMinutes: 60,
      maxIdleTimeoutInMinutes: minutes,
    },
  };
  return {
    executionRole: executionRoleArn,
    securityGroups: [securityGroupId],
    defaultLandingUri: "studio::",
    studioWebPortal: "ENABLED",
    jupyterLabAppSettings: { appLifecycleManagement },
    codeEditorAppSettings: { appLifecycleManagement },
  };
}
