import type { Draft } from "../draft";
import { lobsOf, placed } from "../draft";
import { problem, type Problem } from "../problem";
import type { Path } from "../path";
import type { Rule } from "./rule";

type Account = NonNullable<Draft["sharedServices"]>;

/** Whether the workflows are switched on. */
function hasCi({ ci }: Draft): boolean {
  return ci !== undefined && ci !== null;
}

/**
 * A workflow fills each profile with the session of its own role in the account: read-only to plan, another one to
 * deploy. With `assumeRole`, both would have the same role.
 */
const profilesForEachAccount: Rule = (draft) => {
  if (!hasCi(draft)) return [];
  return [
    ...roleProblem(draft.sharedServices, ["sharedServices"]),
    ...lobsOf(draft).flatMap(({ lob, path }) => roleProblem(lob.account, [...path, "account"])),
  ];
};

function roleProblem(account: Account | undefined, path: Path): Problem[] {
  const credentials = account?.credentials;
  if (credentials === undefined || !("assumeRole" in credentials)) return [];
  return [
    problem(
      [...path, "credentials"],
      credentials,
      "with ci, each account is reached by a profile, which the workflows fill with a role of their own to plan and another to deploy",
      'write { "profile": "NAME" }, and give your own AWS CLI a profile of that name that assumes the role',
    ),
  ];
}

const stateForAllRuns: Rule = (draft) => {
  if (!hasCi(draft) || draft.state?.backend !== "local") return [];
  return [
    problem(
      ["state", "backend"],
      "local",
      "with ci, the state is kept in S3: a workflow's machine is gone after its run, and local files with it",
      "move the state as docs/state.md says; or take ci out",
    ),
  ];
};

const stateReadAsSharedServices: Rule = ({ ci, state, sharedServices }) => {
  if (ci === undefined || ci === null || state?.backend !== "s3" || state.profile === undefined) return [];
  const credentials = sharedServices?.credentials;
  const profile = credentials !== undefined && "profile" in credentials ? credentials.profile : undefined;
  if (profile === undefined || profile === state.profile) return [];
  return [
    problem(
      ["state", "profile"],
      state.profile,
      "with ci, the state is read and written with the roles of the shared-services account",
      `write ${profile}; or leave profile out`,
    ),
  ];
};

const providersOfOurAccounts: Rule = (draft) => {
  const ids = [draft.sharedServices?.id, ...lobsOf(draft).map(({ lob }) => lob.account?.id)];
  return placed(draft.ci?.accountsWithProvider, ["ci", "accountsWithProvider"])
    .filter(({ value }) => !ids.includes(value))
    .map(({ value, path }) =>
      problem(path, value, "must be an account of this config", "correct the id, or take it out of the list"),
    );
};

export const ciRules: readonly Rule[] = [
  profilesForEachAccount,
  stateForAllRuns,
  stateReadAsSharedServices,
  providersOfOurAccounts,
];
