/** What a refusal's reason means to an operator, and what to do. */
export interface Cause {
  readonly means: string;
  readonly remedy: string;
}

const DEPLOY_LOB = "Deploy the stack of the user's line of business.";
const NETWORK =
  "From the access VPC check the zone's association, the route to the hub and the security groups; `npm run drift` finds what was changed by hand.";

/** By the presign function's own reasons, see its README. */
const CAUSES: Readonly<Record<string, Cause>> = {
  operator_event_malformed: {
    means: "The function did not understand this command.",
    remedy: "Deploy the access stack from this checkout, so that both are of one version.",
  },
  user_unknown: {
    means: "The users table has no row for this user, and the groups table none for a group that was named.",
    remedy:
      "List the user in a line of business of the config, or put them into one of its groups; deploy its stack.",
  },
  user_blocked: {
    means: "The user's row says that their access was ended.",
    remedy: "`./studio offboard --user NAME --readmit` gives it back.",
  },
  lob_ambiguous: {
    means: "The groups that were named belong to more than one line of business.",
    remedy:
      "Take the user out of the other's group, or list them in one line of business: that counts before groups.",
  },
  group_record_invalid: { means: "A group's row names no line of business.", remedy: DEPLOY_LOB },
  user_record_invalid: { means: "The user's row names no line of business.", remedy: DEPLOY_LOB },
  lob_unknown: { means: "The LOBs table has no row for the user's line of business.", remedy: DEPLOY_LOB },
  lob_without_domain: { means: "The line of business has no Studio domain yet.", remedy: DEPLOY_LOB },
  lob_record_invalid: {
    means: "The line of business's row is inconsistent: account, role and domain do not fit together.",
    remedy: `${DEPLOY_LOB} Then find out who else writes to the LOBs table.`,
  },
  profile_unknown: {
    means: "The Studio domain has no profile of this name.",
    remedy: `${DEPLOY_LOB} For a user by group the first sign-in makes it; this test makes none.`,
  },
  url_unexpected: {
    means: "SageMaker's URL leads outside of the Studio domain in the LOBs table.",
    remedy: "Check the line of business's row: somebody may have changed it.",
  },
  sts_denied: {
    means: "The presign function may not assume the line of business's access role.",
    remedy:
      "Deploy the line of business's stack, and outside an Organization also networking and access, which name its account.",
  },
  sagemaker_denied: {
    means: "The access role may not presign for this user, or not through this endpoint.",
    remedy:
      "The request must pass the hub's SageMaker API endpoint: check that its zone is associated with the access VPC.",
  },
  dynamodb_denied: {
    means: "The presign function may not read the directory.",
    remedy: "Deploy the access stack: the role's policy or the DynamoDB endpoint's is not as synthesized.",
  },
  deadline_passed: { means: "A call of the function did not end within its time limit.", remedy: NETWORK },
  internal_error: { means: "A bug in the function.", remedy: "Its log names the error, by the request id." },
};

/** By the second half of `dynamodb_…`, `sts_…` and `sagemaker_…`. */
const BY_FAILURE: Readonly<Record<string, Cause>> = {
  throttled: {
    means: "AWS throttles the call.",
    remedy: "Try again; if it stays so, ask for a higher quota.",
  },
  unavailable: { means: "The service refused the connection, or failed.", remedy: NETWORK },
  timeout: {
    means: "The service did not answer: most likely there is no network path to it.",
    remedy: NETWORK,
  },
  error: {
    means: "The service refused the call.",
    remedy: "The function's log names it, by the request id.",
  },
};

const UNKNOWN: Cause = {
  means: "This command knows no such reason.",
  remedy: "The function's log says more, by the request id.",
};

export function causeOf(reason: string): Cause {
  return CAUSES[reason] ?? BY_FAILURE[reason.split("_").at(-1) ?? ""] ?? UNKNOWN;
}
