/** A VPC with its region, as in Route 53's requests. */
export interface ZoneVpc {
  readonly id: string;
  readonly region: string;
}

/** The owner of each zone, and the VPCs of other accounts that the owner has authorized. moto has neither across accounts. */
export class ZoneRegistry {
  readonly #owners = new Map<string, string>();
  /** Zone id to VPC id to VPC. */
  readonly #authorizations = new Map<string, Map<string, ZoneVpc>>();

  /** Accounts that own a zone. */
  get owners(): string[] {
    return [...new Set(this.#owners.values())];
  }

  ownerOf(zoneId: string): string | undefined {
    return this.#owners.get(zoneId);
  }

  created(zoneId: string, account: string): void {
    this.#owners.set(zoneId, account);
  }

  deleted(zoneId: string): void {
    this.#owners.delete(zoneId);
    this.#authorizations.delete(zoneId);
  }

  authorize(zoneId: string, vpc: ZoneVpc): void {
    const authorized = this.#authorizations.get(zoneId) ?? new Map<string, ZoneVpc>();
    this.#authorizations.set(zoneId, authorized.set(vpc.id, vpc));
  }

  /** @returns whether there was one */
  deauthorize(zoneId: string, vpcId: string): boolean {
    return this.#authorizations.get(zoneId)?.delete(vpcId) ?? false;
  }

  authorized(zoneId: string): ZoneVpc[] {
    return [...(this.#authorizations.get(zoneId)?.values() ?? [])];
  }

  isAuthorized(zoneId: string, vpcId: string): boolean {
    return this.#authorizations.get(zoneId)?.has(vpcId) ?? false;
  }

  /** Every authorization, for the inventory. */
  get authorizations(): { readonly zoneId: string; readonly account: string; readonly vpc: ZoneVpc }[] {
    return [...this.#authorizations].flatMap(([zoneId, vpcs]) =>
      [...vpcs.values()].map((vpc) => ({ zoneId, account: this.#owners.get(zoneId) ?? "", vpc })),
    );
  }
}
