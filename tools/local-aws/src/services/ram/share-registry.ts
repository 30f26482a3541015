import { randomUUID } from "node:crypto";

import {
  liveAssociations,
  shareableResource,
  type Association,
  type Invitation,
  type ResourceShare,
} from "./resource-share";

/** The part of RAM that other services use. */
export interface SharedResources {
  /** ARNs of all resources in shares of other accounts that the account has accepted. */
  sharedWith(account: string): string[];
}

/** Every share and invitation of every account. The operations check the caller's permissions. */
export class ShareRegistry implements SharedResources {
  readonly #shares = new Map<string, ResourceShare>();
  readonly #invitations = new Map<string, Invitation>();

  get shares(): ResourceShare[] {
    return [...this.#shares.values()];
  }

  get invitations(): Invitation[] {
    return [...this.#invitations.values()];
  }

  share(arn: string): ResourceShare | undefined {
    return this.#shares.get(arn);
  }

  invitation(arn: string): Invitation | undefined {
    return this.#invitations.get(arn);
  }

  create(
    properties: Pick<ResourceShare, "name" | "owner" | "region" | "allowExternalPrincipals" | "tags">,
  ): ResourceShare {
    const { region, owner } = properties;
    const now = new Date();
    const arn = `arn:aws:ram:${region}:${owner}:resource-share/${randomUUID()}`;
    const share: ResourceShare = {
      ...properties,
      arn,
      status: "ACTIVE",
      associations: [],
      createdAt: now,
      updatedAt: now,
    };
    this.#shares.set(arn, share);
    return share;
  }

  /** Adds a resource or principal; an existing association is not changed. */
  associate(share: ResourceShare, association: Omit<Association, "createdAt">): Association {
    const present = liveAssociations(share, association.type).find(
      ({ entity }) => entity === association.entity,
    );
    if (present) return present;
    const added = { ...association, createdAt: new Date() };
    share.associations = [...share.associations.filter(({ entity }) => entity !== association.entity), added];
    return added;
  }

  /** Removes resources and principals, and their pending invitations. */
  disassociate(share: ResourceShare, entities: readonly string[]): Association[] {
    const removed = share.associations.filter(({ entity }) => entities.includes(entity));
    for (const association of removed) association.status = "DISASSOCIATED";
    for (const invitation of this.invitations) {
      if (invitation.share === share && entities.includes(invitation.receiver))
        this.#invitations.delete(invitation.arn);
    }
    return removed;
  }

  delete(share: ResourceShare): void {
    this.disassociate(
      share,
      share.associations.map(({ entity }) => entity),
    );
    share.status = "DELETED";
    share.updatedAt = new Date();
  }

  invite(share: ResourceShare, receiver: string): Invitation {
    const arn = `arn:aws:ram:${share.region}:${share.owner}:resource-share-invitation/${randomUUID()}`;
    const invitation: Invitation = { arn, share, receiver, status: "PENDING", createdAt: new Date() };
    this.#invitations.set(arn, invitation);
    return invitation;
  }

  /** Whether the share is associated with the account; its owner does not count. */
  hasAccepted(share: ResourceShare, account: string): boolean {
    return liveAssociations(share, "PRINCIPAL").some(
      ({ entity, status }) => entity === account && status === "ASSOCIATED",
    );
  }

  /** Whether a share has the resource, with whomever. */
  isShared(arn: string): boolean {
    return this.shares
      .filter(({ status }) => status === "ACTIVE")
      .some((share) => liveAssociations(share, "RESOURCE").some(({ entity }) => entity === arn));
  }

  sharedWith(account: string): string[] {
    return this.shares
      .filter((share) => share.status === "ACTIVE" && this.hasAccepted(share, account))
      .flatMap((share) => liveAssociations(share, "RESOURCE"))
      .map(({ entity }) => entity)
      .filter((arn) => shareableResource(arn)?.account !== account);
  }
}
