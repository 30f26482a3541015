import {
  arnsOf,
  comparisonsOf,
  fillsOf,
  OTHER,
  OTHER_ACCOUNT,
  spellings,
  textsOfElement,
} from "@studio-access/policy/questions";
import type { Candidate } from "./candidate";
import type { PolicyPair } from "./policy-statements";

const ACCOUNT_PART = 4;
const RESOURCE_ACCOUNT = "aws:resourceaccount";

/** Stands for all resources that no statement names. */
const ELSEWHERE = `arn:aws:other:zz-other-1:${OTHER_ACCOUNT}:${OTHER}`;

function inAccount(arn: string, account: string): string {
  return arn
    .split(":")
    .map((part, index) => (index === ACCOUNT_PART ? account : part))
    .join(":");
}

/** The resource, and the same resource in each account that the policy distinguishes. */
function variants(arn: string, label: string, accounts: readonly string[]): readonly Candidate[] {
  const plain: Candidate = { resource: arn, words: { resource: label } };
  const own = arn.split(":")[ACCOUNT_PART];
  const inAccounts = accounts.map((account): Candidate => {
    const words = { resource: label, conditions: { "aws:ResourceAccount": `in account ${account}` } };
    // The ARN names the account; where it does not, as a bucket's, the request does.
    return own === ""
      ? { resource: arn, context: { "aws:ResourceAccount": account }, words }
      : { resource: inAccount(arn, account), words };
  });
  return own === "" || own === OTHER_ACCOUNT ? [plain, ...inAccounts] : [plain];
}

/** The resources of the requests to compare. A role's trust policy has one: the role. */
export function resourceCandidates({ kind, statements }: PolicyPair, account: string): readonly Candidate[] {
  const every: Candidate = { resource: "*", words: { resource: "any resource" } };
  if (kind === "trust") return [{ resource: `arn:aws:iam::${account}:role/this-role`, words: {} }, every];
  const named = statements
    .flatMap(comparisonsOf)
    .filter(({ key }) => key.toLowerCase() === RESOURCE_ACCOUNT)
    .flatMap(({ values }) => values.filter((value) => /^\d{12}$/.test(value)));
  const accounts = named.length === 0 ? [] : [...new Set([account, ...named, OTHER_ACCOUNT])];
  const fills = fillsOf(statements);
  const texts = textsOfElement(statements, "Resource").flatMap((text) => spellings(text, fills));
  return [
    ...variants(ELSEWHERE, "any resource", accounts),
    ...[...arnsOf(texts)].flatMap(([arn, pattern]) => variants(arn, pattern, accounts)),
    every,
  ];
}
