import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";

import type { CiConfig } from "@studio-access/config";
import { policyDocument } from "../constructs/policy-document";

const ISSUER = "token.actions.githubusercontent.com";

const AUDIENCE = "sts.amazonaws.com";

/**
 * Makes one account accept the OpenID Connect tokens of GitHub's workflows. IAM has one provider per issuer and
 * account.
 */
export function githubProvider(
  scope: Construct,
  id: string,
  provider: AwsProvider,
): IamOpenidConnectProvider {
  return new IamOpenidConnectProvider(scope, id, {
    provider,
    url: `https://${ISSUER}`,
    // No thumbprint: IAM trusts the authorities that sign this issuer's certificate, and needs none.
    clientIdList: [AUDIENCE],
  });
}

/**
 * Subjects of the tokens that GitHub gives to workflow runs. Sources: docs.github.com,
 * actions/reference/openid-connect-reference
 */
export const subjects = {
  pullRequest: ({ repository }: CiConfig): string => `repo:${repository}:pull_request`,
  defaultBranch: ({ repository, defaultBranch }: CiConfig): string =>
    `repo:${repository}:ref:refs/heads/${defaultBranch}`,
  /** Of a job that names an environment: no other claim is in its subject, neither branch nor event. */
  deployment: ({ repository, deployEnvironment }: CiConfig): string =>
    `repo:${repository}:environment:${deployEnvironment}`,
};

/** Trust policy for exactly these subjects. */
export function workflowTrust(accountId: string, ...trusted: readonly string[]): string {
  return policyDocument({
    Sid: "WorkflowsOfOurRepository",
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${ISSUER}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: trusted } },
  });
}
