import { randomBytes } from "node:crypto";

import type { Place } from "../vpc-lookup";

/** A stage of an API, below a base path of a name. */
interface PathMapping {
  readonly restApiId: string;
  readonly stage: string;
}

/** A private custom domain name. */
export interface PrivateDomain extends Place {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  /** By base path; `(none)` is the root. */
  readonly mappings: Map<string, PathMapping>;
  certificateArn: string;
  /** Seconds since the epoch. */
  certificateUploadDate: number;
  securityPolicy: string;
  policy: string | undefined;
}

/** Lets one VPC endpoint lead to a private custom domain name. */
export interface AccessAssociation extends Place {
  readonly arn: string;
  readonly domainArn: string;
  readonly vpcEndpointId: string;
  readonly tags: Map<string, string>;
}

/** The private custom domain names of all accounts, and the endpoints that lead to them. */
export class PrivateDomains {
  readonly #domains = new Map<string, PrivateDomain>();
  readonly #associations = new Map<string, AccessAssociation>();

  get all(): readonly PrivateDomain[] {
    return [...this.#domains.values()];
  }

  get associations(): readonly AccessAssociation[] {
    return [...this.#associations.values()];
  }

  byArn(arn: string): PrivateDomain | undefined {
    return this.#domains.get(arn);
  }

  /** The domain of this name that the endpoint leads to. */
  through(vpcEndpointId: string, name: string): PrivateDomain | undefined {
    return this.#behind(vpcEndpointId).find((domain) => domain.name === name);
  }

  /** The names that the endpoint leads to. */
  namesThrough(vpcEndpointId: string): readonly string[] {
    return this.#behind(vpcEndpointId).map(({ name }) => name);
  }

  #behind(vpcEndpointId: string): readonly PrivateDomain[] {
    return this.associations.flatMap((association) => {
      const domain = this.#domains.get(association.domainArn);
      return association.vpcEndpointId === vpcEndpointId && domain ? [domain] : [];
    });
  }

  /** Makes a domain; its id is random, so that one name may be had in many accounts. */
  add(
    place: Place,
    given: Pick<PrivateDomain, "name" | "certificateArn" | "securityPolicy" | "policy" | "tags">,
    now: number,
  ): PrivateDomain {
    const id = randomBytes(5).toString("hex");
    const { account, region } = place;
    const arn = `arn:aws:apigateway:${region}:${account}:/domainnames/${given.name}+${id}`;
    const certificateUploadDate = Math.floor(now / 1000);
    const domain = { account, region, ...given, id, arn, certificateUploadDate, mappings: new Map() };
    this.#domains.set(arn, domain);
    return domain;
  }

  associate(
    { account, region }: Place,
    domain: PrivateDomain,
    { vpcEndpointId, tags }: Pick<AccessAssociation, "vpcEndpointId" | "tags">,
  ): AccessAssociation {
    const path = `/domainnameaccessassociations/domainname/${domain.name}+${domain.id}/vpcesource/${vpcEndpointId}`;
    const arn = `arn:aws:apigateway:${region}:${account}:${path}`;
    const association = { account, region, arn, domainArn: domain.arn, vpcEndpointId, tags };
    this.#associations.set(arn, association);
    return association;
  }

  remove(arn: string): boolean {
    return this.#domains.delete(arn) || this.#associations.delete(arn);
  }

  /** Tags of a domain or an association. */
  tagsOf(arn: string): Map<string, string> | undefined {
    return (this.#domains.get(arn) ?? this.#associations.get(arn))?.tags;
  }
}
