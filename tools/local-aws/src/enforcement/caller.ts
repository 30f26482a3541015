import type { RequestContext, RoleSession, User } from "@studio-access/policy";

import type { StoredPolicy } from "../iam/stored-policy";

/** The principal of a call, with every policy and condition key that decides what it may do. */
export interface CheckedCaller {
  readonly principal: RoleSession | User;
  /** The ARN that GetCallerIdentity returns. */
  readonly arn: string;
  readonly identityPolicies: readonly StoredPolicy[];
  readonly permissionBoundary: StoredPolicy | undefined;
  readonly sessionPolicies: readonly StoredPolicy[];
  /** Condition keys whose values follow from the credentials. */
  readonly context: RequestContext;
}

/** The caller that an access key belongs to. */
export type ResolvedCaller =
  /** A role session or a user of the deployment. */
  | { readonly kind: "checked"; readonly caller: CheckedCaller }
  /** Whoever runs the local AWS; `why` says how that is known. */
  | { readonly kind: "operator"; readonly why: string }
  /** The role or user that the credentials were issued for was deleted. */
  | { readonly kind: "invalid"; readonly why: string };
