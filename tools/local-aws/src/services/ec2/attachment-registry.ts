import type { XmlElement } from "../../server/xml";

export type AttachmentState = "pendingAcceptance" | "available" | "rejected";

/**
 * The properties of an attachment to another account's Transit Gateway that moto does not hold. moto holds the attachment
 * itself in the gateway's account, so that route tables can be associated with it there.
 */
export interface SharedAttachment {
  readonly id: string;
  readonly region: string;
  /** Account of the Transit Gateway. */
  readonly gatewayOwner: string;
  /** Account of the VPC. */
  readonly vpcOwner: string;
  readonly gatewayId: string;
  readonly vpcId: string;
  state: AttachmentState;
  /** Tags by account: each of the two accounts has its own tags, which the other does not see. */
  readonly tags: Map<string, Map<string, string>>;
}

/** A deleted attachment, which AWS still lists for a while: the provider waits for the state `deleted`. */
interface Tombstone {
  readonly region: string;
  /** The attachment as each account sees it, with the state `deleted`. */
  readonly views: ReadonlyMap<string, XmlElement>;
}

/** Attachments across accounts, and the deleted ones of all accounts. */
export class AttachmentRegistry {
  readonly #shared = new Map<string, SharedAttachment>();
  readonly #tombstones = new Map<string, Tombstone>();

  get all(): SharedAttachment[] {
    return [...this.#shared.values()];
  }

  get(id: string): SharedAttachment | undefined {
    return this.#shared.get(id);
  }

  /** The attachment, if the account is one of its two sides. */
  visible(id: string, account: string): SharedAttachment | undefined {
    const attachment = this.#shared.get(id);
    return attachment && isSide(attachment, account) ? attachment : undefined;
  }

  /** Attachments of the account's VPCs to gateways of others. */
  attachedBy(account: string, region: string): SharedAttachment[] {
    return this.all.filter((attachment) => attachment.vpcOwner === account && attachment.region === region);
  }

  add(attachment: SharedAttachment): void {
    this.#shared.set(attachment.id, attachment);
  }

  /** Replaces an attachment by the views that its accounts still see. */
  bury(id: string, region: string, views: ReadonlyMap<string, XmlElement>): void {
    this.#shared.delete(id);
    this.#tombstones.set(id, { region, views });
  }

  isBuried(id: string): boolean {
    return this.#tombstones.has(id);
  }

  buried(account: string, region: string): XmlElement[] {
    return [...this.#tombstones.values()]
      .filter((tombstone) => tombstone.region === region)
      .flatMap(({ views }) => views.get(account) ?? []);
  }
}

function isSide({ gatewayOwner, vpcOwner }: SharedAttachment, account: string): boolean {
  return account === gatewayOwner || account === vpcOwner;
}
