import type { Config } from "@studio-access/config";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";
/** A repository that no role may trust. */
const FOREIGN_REPOSITORY = "somebody/else";

/** A token that GitHub gives a workflow's run. */
export interface WorkflowToken {
  readonly id: string;
  /** The claim `sub`: the run's repository, with its event, branch or environment. */
  readonly subject: string;
  /** The claim `aud`: the party that the token is issued for. */
  readonly audience: string;
}

/** ARN of a role or policy of the stacks `ci-access…`. */
function ciArn(kind: "role" | "policy", { environment }: Config, account: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}/studio-access-ci/${environment}/studio-access-${environment}-${name}`;
}

export function workflowRoleArn(config: Config, account: string, role: "plan" | "apply"): string {
  return ciArn("role", config, account, `ci-${role}`);
}

/** ARN of the permissions boundary of every role that a workflow may change. */
export function boundaryArn(config: Config, account: string): string {
  return ciArn("policy", config, account, "ci-boundary");
}

/** ARN of the managed policy by which the apply role reads resources. The roles' other policies are inline. */
export function lookPolicyArn(config: Config, account: string): string {
  return ciArn("policy", config, account, "ci-look");
}

export function githubProviderArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${ISSUER}`;
}

/** A token's claims, by condition key. */
export function claimsOf({ subject, audience }: WorkflowToken): Readonly<Record<string, string>> {
  return { [`${ISSUER}:sub`]: subject, [`${ISSUER}:aud`]: audience };
}

export function workflowToken(subject: string, audience = AUDIENCE): WorkflowToken {
  const id = `workflow with ${subject}`;
  return { id: audience === AUDIENCE ? id : `${id}, made out to others`, subject, audience };
}

/** The tokens that may assume the plan role, and those that may assume the apply role. */
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

/** The tokens of the assume matrix: the trusted ones, and others that no role may trust. */
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
