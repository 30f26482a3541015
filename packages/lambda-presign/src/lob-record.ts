import { DOMAIN_ID_PATTERN, type LobRecord } from "@studio-access/shared-types";
import { Refused } from "./refusal";

const ACCOUNT_ID = /^\d{12}$/;
const ROLE_ARN = /^arn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** Partition of a role's ARN, such as `aws`. */
export function partitionOf(roleArn: string): string {
  const partition = ROLE_ARN.exec(roleArn)?.groups?.["partition"];
  if (partition === undefined) throw new Refused("upstream_error", "lob_record_invalid");
  return partition;
}

/**
 * Checks a row of the LOBs table. Whoever writes to that table chooses the account that users are sent to, so a row has
 * to be whole: an account, a domain, and a role in that very account.
 *
 * @throws {Refused} `studio_not_found` for a row without a domain, as the sample wrote them and as a LOB has until its
 * domain is deployed; `upstream_error` for one that contradicts itself
 */
export function parseLobRecord(row: { readonly [K in keyof LobRecord]: string | undefined }): LobRecord {
  const {
    PK,
    ACCOUNT_ID: account = "",
    DOMAIN_ID: domain,
    ROLE_ARN: role = "",
    PROFILE_MAKER_ROLE_ARN: maker,
  } = row;
  if (!domain) throw new Refused("studio_not_found", "lob_without_domain");
  const isRole = (arn: string): boolean => ROLE_ARN.exec(arn)?.groups?.["account"] === account;
  const isWhole =
    PK !== undefined &&
    ACCOUNT_ID.test(account) &&
    DOMAIN_ID_PATTERN.test(domain) &&
    isRole(role) &&
    (maker === undefined || isRole(maker));
  if (!isWhole) throw new Refused("upstream_error", "lob_record_invalid");
  const record = { PK, ACCOUNT_ID: account, DOMAIN_ID: domain, ROLE_ARN: role };
  return maker === undefined ? record : { ...record, PROFILE_MAKER_ROLE_ARN: maker };
}
