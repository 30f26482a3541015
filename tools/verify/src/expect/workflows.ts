import type { Config } from "@studio-access/config";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";
/** A repository of nobody's. */
const FOREIGN_REPOSITORY = "somebody/else";

/** A token that GitHub gives a workflow's run. */
export interface WorkflowToken {
  readonly id: string;
  /** `sub`: whose run it is, and of what. */
  readonly subject: string;
  /** `aud`: for whom it was made out. */
  readonly audience: string;
}

/** Name of an IAM thing of the stacks `ci-access…`. */
function ciArn(kind: "role" | "policy", { environment }: Config, account: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}/studio-access-ci/${environment}/studio-access-${environment}-${name}`;
}

export function workflowRoleArn(config: Config, account: string, role: "plan" | "apply"): string {
  return ciArn("role", config, account, `ci-${role}`);
}

/** Boundary of every role that a workflow may change. */
export function boundaryArn(config: Config, account: string): string {
  return ciArn("policy", config, account, "ci-boundary");
}

/** What the apply role looks at: the one managed policy among ours. */
export function lookPolicyArn(config: Config, account: string): string {
  return ciArn("policy", config, account, "ci-look");
}

export function githubProviderArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${ISSUER}`;
}

/** A token's claims as condition keys. */
export function claimsOf({ subject, audience }: WorkflowToken): Readonly<Record<string, string>> {
  return { [`${ISSUER}:sub`]: subject, [`${ISSUER}:aud`]: audience };
}

export function workflowToken(subject: string, audience = AUDIENCE): WorkflowToken {
  const id = `workflow with ${subject}`;
  return { id: audience === AUDIENCE ? id : `${id}, made out to others`, subject, audience };
}

/** Tokens that get the plan role, and those that get the apply role. */
export function trustedTokens({ ci }: Config): {
  readonly plan: readonly WorkflowToken[];
  readonly apply: readonly WorkflowToken[];
} {
  if (ci === undefined || ci === null) return { plan: [], apply: [] };
  const { repository, defaultBranch, deployEnvironment } = ci;
  return {
    plan: [
      workflowToken(`repo:${repository}:pull_request`),
      workflowToken(`repo:${repository}:ref:refs/heads/${defaultBranch}`),
    ],
    apply: [workflowToken(`repo:${repository}:environment:${deployEnvironment}`)],
  };
}

/** Every token that the proof asks about: the trusted ones, and others that must get nothing. */
export function askedTokens(config: Config): readonly WorkflowToken[] {
  const { ci } = config;
  if (ci === undefined || ci === null) return [];
  const { plan, apply } = trustedTokens(config);
  const trusted = [...plan, ...apply];
  const foreign = trustedTokens({ ...config, ci: { ...ci, repository: FOREIGN_REPOSITORY } });
  return [
    ...trusted,
    ...trusted.map(({ subject }) => workflowToken(subject, "https://example.com")),
    ...foreign.plan,
    ...foreign.apply,
    workflowToken(`repo:${ci.repository}:ref:refs/heads/${ci.defaultBranch}-other`),
    workflowToken(`repo:${ci.repository}:environment:${ci.deployEnvironment}-other`),
  ];
}
