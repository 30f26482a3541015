import type { Moto } from "../../server/call";

/** Whether two accounts are in one organization. */
export interface Organizations {
  sameOrganization(left: string, right: string, region: string): Promise<boolean>;
}

interface DescribeOrganizationAnswer {
  readonly Organization?: { readonly Id?: string };
}

/** Reads moto's Organizations. By default it holds none, so that every account is a stranger to every other. */
export class MotoOrganizations implements Organizations {
  readonly #moto: Pick<Moto, "json">;

  constructor(moto: Pick<Moto, "json">) {
    this.#moto = moto;
  }

  async sameOrganization(left: string, right: string, region: string): Promise<boolean> {
    if (left === right) return true;
    const [leftId, rightId] = await Promise.all([
      this.#organizationOf(left, region),
      this.#organizationOf(right, region),
    ]);
    return leftId !== undefined && leftId === rightId;
  }

  async #organizationOf(account: string, region: string): Promise<string | undefined> {
    try {
      const target = "AWSOrganizationsV20161128.DescribeOrganization";
      const answer = (await this.#moto.json(
        "organizations",
        account,
        region,
        target,
        {},
      )) as DescribeOrganizationAnswer;
      return answer.Organization?.Id;
    } catch {
      return undefined; // AWSOrganizationsNotInUseException: the account is in no organization.
    }
  }
}
