/** State of an association. It is ASSOCIATING only while an invitation is pending; AWS's other transitions are immediate. */
type AssociationStatus = "ASSOCIATING" | "ASSOCIATED" | "DISASSOCIATED";

/** A resource or a principal of a share. */
export interface Association {
  readonly type: "RESOURCE" | "PRINCIPAL";
  /** ARN of the resource; account id or organization ARN of the principal. */
  readonly entity: string;
  status: AssociationStatus;
  /** Whether the principal is outside the owner's organization. */
  readonly external: boolean;
  readonly createdAt: Date;
}

export interface ResourceShare {
  readonly arn: string;
  name: string;
  /** Account. */
  readonly owner: string;
  readonly region: string;
  allowExternalPrincipals: boolean;
  status: "ACTIVE" | "DELETED";
  readonly tags: Map<string, string>;
  associations: Association[];
  readonly createdAt: Date;
  updatedAt: Date;
}

/** The invitation of an account outside the organization to a share. */
export interface Invitation {
  readonly arn: string;
  readonly share: ResourceShare;
  /** Account. */
  readonly receiver: string;
  status: "PENDING" | "ACCEPTED" | "REJECTED";
  readonly createdAt: Date;
}

/** Shareable types, by the service and the first word of the ARN's resource part. */
const SHAREABLE: Readonly<Record<string, { readonly type: string; readonly permission: string }>> = {
  "ec2:prefix-list": { type: "ec2:PrefixList", permission: "AWSRAMDefaultPermissionPrefixList" },
  "ec2:subnet": { type: "ec2:Subnet", permission: "AWSRAMDefaultPermissionSubnet" },
  "ec2:transit-gateway": { type: "ec2:TransitGateway", permission: "AWSRAMDefaultPermissionTransitGateway" },
  "route53profiles:profile": {
    type: "route53profiles:Profile",
    permission: "AWSRAMPermissionRoute53ProfileAllowAssociation",
  },
  "route53resolver:resolver-rule": {
    type: "route53resolver:ResolverRule",
    permission: "AWSRAMDefaultPermissionResolverRule",
  },
};

export interface ShareableResource {
  readonly type: string;
  /** Name of AWS's default permission for the type. */
  readonly permission: string;
  /** Account that the ARN names. */
  readonly account: string;
}

/** Parses the ARN of a resource; undefined when the local AWS cannot share its type. */
export function shareableResource(arn: string): ShareableResource | undefined {
  const [, , service = "", , account = "", ...rest] = arn.split(":");
  const kind = rest.join(":").split("/")[0] ?? "";
  const known = SHAREABLE[`${service}:${kind}`];
  return known && { ...known, account };
}

/** Associations that are not disassociated. */
export function liveAssociations(share: ResourceShare, type: Association["type"]): Association[] {
  return share.associations.filter(
    (association) => association.type === type && association.status !== "DISASSOCIATED",
  );
}
