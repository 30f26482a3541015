import type { XmlElement } from "../../server/xml";

export type AttachmentState = "pendingAcceptance" | "available" | "rejected";

/**
 * What moto does not know of an attachment to a Transit Gateway of another account. moto holds the attachment itself,
 * in the account that owns the gateway, so that route tables can be associated with it there.
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
  /** Each of the two accounts has tags of its own, which the other does not see. By account. */
  readonly tags: Map<string, Map<string, string>>;
}

/** A deleted attachment: AWS goes on showing it for a while, and the provider waits to see it so. */
interface Tombstone {
  readonly region: string;
  /** What each account sees of it, `state` being `deleted`. */
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

  /** Forgets a live attachment and keeps what each account goes on seeing. */
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
