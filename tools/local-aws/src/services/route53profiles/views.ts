import type { Profile, ProfileVpc, ProfileZone } from "./profile-store";

type ShareStatus = "NOT_SHARED" | "SHARED_BY_ME" | "SHARED_WITH_ME";

export function profileView(profile: Profile, share: ShareStatus, status = "COMPLETE"): object {
  return {
    ...profileSummary(profile, share),
    ...described(profile, status),
    ClientToken: profile.clientToken,
  };
}

export function profileSummary({ arn, id, name }: Profile, share: ShareStatus): object {
  return { Arn: arn, Id: id, Name: name, ShareStatus: share };
}

export function zoneView(zone: ProfileZone, status = "COMPLETE"): object {
  const { profileId: ProfileId, zoneArn: ResourceArn } = zone;
  return { ...described(zone, status), ProfileId, ResourceArn, ResourceType: "HOSTED_ZONE" };
}

export function vpcView(vpc: ProfileVpc, status = "COMPLETE"): object {
  return { ...described(vpc, status), ProfileId: vpc.profileId, ResourceId: vpc.vpcId };
}

function described(
  { id, name, account, createdAt }: Profile | ProfileZone | ProfileVpc,
  status: string,
): object {
  // As seconds since the epoch, as the protocol has them.
  const time = createdAt.getTime() / 1000;
  return {
    Id: id,
    Name: name,
    OwnerId: account,
    Status: status,
    StatusMessage: status === "COMPLETE" ? "Created Successfully" : "Deleting",
    CreationTime: time,
    ModificationTime: time,
  };
}
