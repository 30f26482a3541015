import {
  evaluateAssumeRole,
  type AssumeRoleInput,
  type Policy,
  type RequestContext,
} from "@studio-access/policy";
import type { Answer, KeyFacts } from "@studio-access/policy/questions";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import { askBy, policiesIn, type Circumstances } from "./asking";
import type { RolePolicies } from "./policies";

interface AskedAssumeRole extends RolePolicies {
  readonly endpointPolicy?: Policy;
  readonly trustPolicy: Policy;
  readonly roleArn: string;
  readonly caller: AssumeRoleInput["caller"];
  /** With the parameters of the call, by the condition keys that they become. */
  readonly circumstances: Circumstances;
  /** What is sent for keys that no policy tests. */
  readonly sent?: RequestContext;
}

/** Whether a role can be assumed, for every value of the keys that the question leaves open. */
export function askAssumeRole({
  trustPolicy,
  roleArn,
  caller,
  circumstances,
  sent = {},
  ...policies
}: AskedAssumeRole): Answer {
  return askBy(circumstances, {
    policies: policiesIn({ ...policies, resourcePolicy: trustPolicy }),
    actions: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    principal: caller,
    resource: roleArn,
    decide: (principal, context) =>
      evaluateAssumeRole({
        ...policies,
        ...parametersOf({ ...sent, ...context }),
        caller: principal,
        roleArn,
        trustPolicy,
      }),
  });
}

const SOME_NAME = "any-user";
const TAG = "aws:requesttag/";

type Parameters = Pick<
  AssumeRoleInput,
  "roleSessionName" | "sourceIdentity" | "externalId" | "tags" | "context"
>;

/** The call's own parameters, which the evaluator turns into condition keys itself. */
function parametersOf(all: RequestContext): Parameters {
  const rest: Record<string, string | readonly string[]> = {};
  const tags: Record<string, string> = {};
  const named = new Map<string, string>();
  for (const [key, value] of Object.entries(all)) {
    const lower = key.toLowerCase();
    if (typeof value === "string" && lower.startsWith(TAG)) tags[key.slice(TAG.length)] = value;
    else if (typeof value === "string" && PARAMETERS.has(lower)) named.set(lower, value);
    else rest[lower] = value;
  }
  // The keys of tags follow from the tags.
  if (Object.keys(tags).length > 0) delete rest["aws:tagkeys"];
  return {
    roleSessionName: named.get("sts:rolesessionname") ?? SOME_NAME,
    sourceIdentity: named.get("sts:sourceidentity"),
    externalId: named.get("sts:externalid"),
    tags,
    context: rest,
  };
}

const PARAMETERS: ReadonlySet<string> = new Set([
  "sts:rolesessionname",
  "sts:sourceidentity",
  "sts:externalid",
]);

const USER_TAG = `aws:requesttag/${USER_SESSION_TAG}`;
const IDENTITY = "sts:sourceidentity";

/** A call in a user's name: session name, source identity and tag. */
export function inNameOf(user: string): Circumstances {
  return { stated: { "sts:rolesessionname": user, [IDENTITY]: user, [USER_TAG]: user }, facts: {} };
}

function isName(name: string): boolean {
  return /^[\w+=,.@-]{2,64}$/.test(name);
}

/** Any name of the caller's choice. */
const ANY_NAME: KeyFacts = {
  possible: (distinguished) => [SOME_NAME, ...distinguished.filter(isName)],
  usual: () => [SOME_NAME],
};

/** A call that names a user by these keys alone, whatever the name. */
function naming(...keys: readonly string[]): Naming {
  const silent = [USER_TAG, IDENTITY].filter((key) => !keys.includes(key));
  return {
    circumstances: {
      stated: Object.fromEntries(silent.map((key) => [key, undefined])),
      facts: Object.fromEntries(["sts:rolesessionname", ...keys].map((key) => [key, ANY_NAME])),
    },
    sent: Object.fromEntries(keys.map((key) => [key, SOME_NAME])),
  };
}

/** How a call names its user. */
export interface Naming {
  readonly circumstances: Circumstances;
  /** What is sent for keys that no policy tests. */
  readonly sent: RequestContext;
}

/** A call that names no user. */
export const UNNAMED: Naming = naming();
/** Calls that do not name a user in both ways. */
export const WITHOUT_USER: readonly Naming[] = [UNNAMED, naming(USER_TAG), naming(IDENTITY)];
export const WITH_USER: Naming = naming(USER_TAG, IDENTITY);
