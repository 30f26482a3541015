import type { RequestContext, RoleSession, User } from "@studio-access/policy";

import type { StoredPolicy } from "../iam/stored-policy";

/** Who makes a call, with all that decides what they may do. */
export interface CheckedCaller {
  readonly principal: RoleSession | User;
  /** As GetCallerIdentity says it. */
  readonly arn: string;
  readonly identityPolicies: readonly StoredPolicy[];
  readonly permissionBoundary: StoredPolicy | undefined;
  readonly sessionPolicies: readonly StoredPolicy[];
  /** Condition keys that follow from the credentials. */
  readonly context: RequestContext;
}

/** What is known of an access key. */
export type Caller =
  /** A session of a role or a user of the deployment. */
  | { readonly kind: "checked"; readonly caller: CheckedCaller }
  /** Whoever runs the local AWS; `why` says how that is known. */
  | { readonly kind: "operator"; readonly why: string }
  /** The role or user that the credentials were made for is gone. */
  | { readonly kind: "invalid"; readonly why: string };
