import { EC2Client, paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";

import type { AccountClientSettings } from "../../environment/account-client";
import type { Facts } from "../facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";
import { profileAssociations, quotaNeeds, zoneAssociations, type Quota, type QuotaNeed } from "./quota-needs";

const CHECK = "quotas";

/** Above this share of a quota, the next few lines of business may not fit. */
const NEARLY_USED = 0.8;

/** A need, and the account's quota; undefined when Service Quotas does not list it. */
export interface QuotaUse extends QuotaNeed {
  readonly have: number | undefined;
}

/** One finding for all quotas that suffice, and one for each that does not suffice or is nearly used up. */
export function quotaFindings(check: string, uses: readonly QuotaUse[], region: string): readonly Finding[] {
  const told = (use: QuotaUse): string => `${use.quota.name}: ${use.need} of ${use.have ?? "?"}`;
  const remedy = ({ quota: { service, code }, need }: QuotaUse): string =>
    `ask for more, in this account: \`aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${need * 2}\``;
  const without = uses.filter(({ have }) => have === undefined);
  const over = uses.filter(({ need, have }) => have !== undefined && need > have);
  const nearly = uses.filter(
    ({ need, have }) => have !== undefined && need <= have && need > have * NEARLY_USED,
  );
  const fine = uses.filter((use) => ![...without, ...over, ...nearly].includes(use));
  return [
    ...over.map((use) => fail(check, told(use), remedy(use))),
    ...nearly.map((use) => warn(check, told(use), remedy(use))),
    ...without.map(({ quota }) => notChecked(check, `Service Quotas knows no ${quota.name} (${quota.code})`)),
    ...(fine.length === 0 ? [] : [ok(check, fine.map(told).join("; "))]),
  ];
}

/**
 * VPCs that one private hosted zone can be associated with. Service Quotas does not list this quota.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const VPCS_PER_ZONE = 300;

/**
 * VPCs that one Route 53 Profile can be associated with. The code of this quota stands in no documentation.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-route53-profiles
 */
const VPCS_PER_PROFILE = 1000;

export function zoneFinding(need: number): Finding {
  return ofDefault(`${CHECK} (private zones)`, need, {
    what: "VPCs per private hosted zone",
    most: VPCS_PER_ZONE,
    remedy: 'share the zones by a Route 53 Profile: network.zoneSharing "profile" (docs/scale.md)',
  });
}

/** None where no profile shares the zones. */
export function profileFindings(need: number): readonly Finding[] {
  if (need === 0) return [];
  return [
    ofDefault(`${CHECK} (zones' profile)`, need, {
      what: "VPCs per Route 53 profile",
      most: VPCS_PER_PROFILE,
      remedy: "ask AWS Support for more VPCs per profile",
    }),
  ];
}

/** A finding about a quota that Service Quotas does not tell: AWS's default decides. */
function ofDefault(
  check: string,
  need: number,
  { what, most, remedy }: { readonly what: string; readonly most: number; readonly remedy: string },
): Finding {
  const detail = `${what}: ${need} of ${most}, AWS's default`;
  if (need > most) return fail(check, detail, remedy);
  return need > most * NEARLY_USED ? warn(check, detail, remedy) : ok(check, detail);
}

async function readQuota(settings: AccountClientSettings, quota: Quota): Promise<number | undefined> {
  const client = new ServiceQuotasClient(settings);
  const input = { ServiceCode: quota.service, QuotaCode: quota.code };
  // For some quotas an account has no applied value before it requests one; AWS's default applies then.
  for (const command of [new GetServiceQuotaCommand(input), new GetAWSDefaultServiceQuotaCommand(input)]) {
    try {
      const { Quota: found } = await client.send(command);
      if (found?.Value !== undefined) return found.Value;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NoSuchResourceException") throw error;
    }
  }
  return undefined;
}

/** Number of VPCs that do not belong to this environment. */
async function countOtherVpcs(settings: AccountClientSettings, environment: string): Promise<number> {
  let others = 0;
  for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: new EC2Client(settings) }, {}))
    for (const { Tags = [] } of Vpcs) {
      const tag = (key: string): string | undefined => Tags.find(({ Key }) => Key === key)?.Value;
      if (tag("Project") !== "studio-access" || tag("Environment") !== environment) others += 1;
    }
  return others;
}

export function quotasCheck(facts: Facts, read = readQuota, otherVpcs = countOtherVpcs): Check {
  return {
    name: CHECK,
    find: async () => {
      const synthesized = await facts.synthesized();
      if (!synthesized.known) return [notChecked(CHECK, synthesized.why)];
      const accounts = await perAccount(CHECK, facts, async ({ config, account, settings, check }) => {
        const others = await otherVpcs(settings, config.environment);
        const needs = quotaNeeds(synthesized.value, account.entry.id, others);
        const uses = await Promise.all(
          needs.map(async (need) => ({ ...need, have: await read(settings, need.quota) })),
        );
        return quotaFindings(check, uses, config.region);
      });
      return [
        ...accounts,
        zoneFinding(zoneAssociations(synthesized.value)),
        ...profileFindings(profileAssociations(synthesized.value)),
      ];
    },
  };
}
