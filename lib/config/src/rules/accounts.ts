import { lobsOf, placed, type Draft, type Placed } from "../draft";
import { ACCOUNT_ID } from "../fields";
import { ACCESS_ROLE, namesFor, PROFILE_MAKER_ROLE } from "../names/names";
import { renderPath } from "../path";
import { problem } from "../problem";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

/** Accounts that the hub's endpoint policies, which also name each of them, are tested with. */
const MOST_LISTED_ACCOUNTS = 100;

/**
 * Characters for the names of access roles in the presign function's policy: IAM takes 10,240 over all inline policies of a
 * role, and the rest of these takes up to 1,500 (a law over the stacks holds that).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const ROOM_FOR_ROLES = 10_240 - 1_500;

type DraftAccount = NonNullable<Draft["sharedServices"]>;

function accountsOf(draft: Draft): Placed<DraftAccount>[] {
  const shared = draft.sharedServices;
  const lobAccounts = lobsOf(draft).flatMap(({ lob, path }) =>
    lob.account === undefined ? [] : [{ value: lob.account, path: [...path, "account"] }],
  );
  return [...(shared === undefined ? [] : [{ value: shared, path: ["sharedServices"] }]), ...lobAccounts];
}

/** The values of one field of all accounts, where there are any. */
function valuesOf(
  draft: Draft,
  path: readonly string[],
  read: (account: DraftAccount) => string | undefined,
): Placed<string>[] {
  return accountsOf(draft).flatMap((account) => {
    const value = read(account.value);
    return value === undefined ? [] : [{ value, path: [...account.path, ...path] }];
  });
}

const oneLobPerAccount: Rule = (draft) =>
  repeatsOf(
    valuesOf(draft, ["id"], ({ id }) => id),
    (id) => id,
  ).map(({ first, again }) => {
    const shared = first.path[0] === "sharedServices";
    const rule = shared
      ? "shared services needs an account that no LOB has: nothing of a LOB may reach the hub, the API and the tables"
      : "one account holds one LOB: the share and the attachment of the Transit Gateway are made once per account";
    return problem(
      again.path,
      again.value,
      rule,
      `give each its own account; ${renderPath(first.path)} is the same`,
    );
  });

const roleInItsAccount: Rule = (draft) =>
  accountsOf(draft).flatMap(({ value: { id, credentials }, path }) => {
    const arn = credentials !== undefined && "assumeRole" in credentials ? credentials.assumeRole : undefined;
    if (id === undefined || !belongsElsewhere(arn, id)) return [];
    const remedy = `write a role of ${id}, or correct ${renderPath([...path, "id"])}`;
    return [
      problem([...path, "credentials", "assumeRole"], arn, `the role must be one of account ${id}`, remedy),
    ];
  });

const oneAccountPerProfile: Rule = (draft) =>
  repeatsOf(valuesOf(draft, ["credentials", "profile"], profileOf), (profile) => profile).map(
    ({ first, again }) =>
      problem(
        again.path,
        again.value,
        "a profile leads to one account",
        `give each account its own profile; ${renderPath(first.path)} is the same`,
      ),
  );

const policyInItsAccount: Rule = (draft) =>
  lobsOf(draft).flatMap(({ lob, path }) =>
    placed(lob.executionPolicyArns, [...path, "executionPolicyArns"]).flatMap(
      ({ value: arn, path: place }) => {
        const id = lob.account?.id;
        if (id === undefined || !belongsElsewhere(arn, id)) return [];
        const rule = `IAM attaches only policies of the role's own account, ${id}`;
        return [problem(place, arn, rule, `make the policy in account ${id} and write its ARN`)];
      },
    ),
  );

const organizationPastAHundred: Rule = (draft) => {
  const accounts = new Set(lobsOf(draft).flatMap(({ lob }) => lob.account?.id ?? [])).size;
  if (draft.organizationId !== null || accounts <= MOST_LISTED_ACCOUNTS) return [];
  return [
    problem(
      ["organizationId"],
      draft.organizationId,
      `needed past ${MOST_LISTED_ACCOUNTS} LOB accounts (here ${accounts}): without it, the presign function's policy ` +
        "lists every access role, and IAM's size limit for policies ends that list",
      "write the id of the AWS Organization that all the accounts are in, or split the LOBs into two environments",
    ),
  ];
};

/** Without an Organization the presign function's role lists every role that it assumes by its ARN. */
const organizationForLongNames: Rule = (draft) => {
  const { environment, organizationId } = draft;
  if (organizationId !== null || environment === undefined) return [];
  const names = namesFor(environment);
  const needed = lobsOf(draft).reduce((sum, { lob: { name, account, groups = [] } }) => {
    if (name === undefined || account?.id === undefined) return sum;
    const { id } = account;
    const roles = groups.length > 0 ? [ACCESS_ROLE, PROFILE_MAKER_ROLE] : [ACCESS_ROLE];
    // In JSON, two quotes and a comma.
    return sum + roles.reduce((all, role) => all + names.roleArn(id, name, role).length + 3, 0);
  }, 0);
  if (needed <= ROOM_FOR_ROLES) return [];
  return [
    problem(
      ["organizationId"],
      organizationId,
      `needed for so many LOBs with such long names: without it, the presign function's role lists every role that it assumes, here in ` +
        `${needed} characters, and IAM leaves room for ${ROOM_FOR_ROLES}`,
      "write the id of the AWS Organization that all the accounts are in, shorten names, or split the LOBs into two environments",
    ),
  ];
};

function profileOf({ credentials }: DraftAccount): string | undefined {
  return credentials !== undefined && "profile" in credentials ? credentials.profile : undefined;
}

/** Whether an ARN is of another account than the one with this id; not when either of them is malformed. */
function belongsElsewhere(arn: string | undefined, id: string): boolean {
  const account = /^arn:aws:iam::(\d{12}):/.exec(arn ?? "")?.[1];
  return account !== undefined && ACCOUNT_ID.safeParse(id).success && account !== id;
}

export const accountRules: readonly Rule[] = [
  oneLobPerAccount,
  roleInItsAccount,
  oneAccountPerProfile,
  policyInItsAccount,
  organizationPastAHundred,
  organizationForLongNames,
];
