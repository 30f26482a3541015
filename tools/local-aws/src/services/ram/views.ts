import { shareableResource, type Association, type Invitation, type ResourceShare } from "./resource-share";

/** RAM returns times as seconds since the epoch. */
function epoch(date: Date): number {
  return date.getTime() / 1000;
}

export function shareView(share: ResourceShare): object {
  return {
    resourceShareArn: share.arn,
    name: share.name,
    owningAccountId: share.owner,
    allowExternalPrincipals: share.allowExternalPrincipals,
    status: share.status,
    featureSet: "STANDARD",
    tags: [...share.tags].map(([key, value]) => ({ key, value })),
    creationTime: epoch(share.createdAt),
    lastUpdatedTime: epoch(share.updatedAt),
  };
}

export function associationView(share: ResourceShare, association: Association): object {
  return {
    resourceShareArn: share.arn,
    resourceShareName: share.name,
    associatedEntity: association.entity,
    associationType: association.type,
    status: association.status,
    external: association.external,
    creationTime: epoch(association.createdAt),
    lastUpdatedTime: epoch(association.createdAt),
  };
}

export function invitationView(invitation: Invitation): object {
  return {
    resourceShareInvitationArn: invitation.arn,
    resourceShareArn: invitation.share.arn,
    resourceShareName: invitation.share.name,
    senderAccountId: invitation.share.owner,
    receiverAccountId: invitation.receiver,
    status: invitation.status,
    invitationTimestamp: epoch(invitation.createdAt),
  };
}

export function resourceView(share: ResourceShare, association: Association): object {
  return {
    arn: association.entity,
    type: shareableResource(association.entity)?.type,
    resourceShareArn: share.arn,
    resourceRegionScope: "REGIONAL",
    status: "AVAILABLE",
    creationTime: epoch(association.createdAt),
    lastUpdatedTime: epoch(association.createdAt),
  };
}

/** AWS's default permission of each shared type. */
export function permissionViews(share: ResourceShare, resources: readonly Association[]): object[] {
  const names = new Map(
    resources.flatMap(({ entity }) => {
      const resource = shareableResource(entity);
      return resource ? [[resource.permission, resource.type]] : [];
    }),
  );
  return [...names].map(([name, resourceType]) => ({
    arn: `arn:aws:ram::aws:permission/${name}`,
    name,
    resourceType,
    version: "1",
    defaultVersion: true,
    isResourceTypeDefault: true,
    permissionType: "AWS_MANAGED",
    status: "ASSOCIATED",
    creationTime: epoch(share.createdAt),
    lastUpdatedTime: epoch(share.updatedAt),
  }));
}
