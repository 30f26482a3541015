import type { Statement } from "@studio-access/permissions";

export type { Conditions, Statement } from "@studio-access/permissions";

/** A policy document as JSON. Terraform references in it are filled in at apply. */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** An IAM policy variable such as `${aws:PrincipalTag/user}`, kept from Terraform's own interpolation. */
export function policyVariable(key: string): string {
  return `$\${${key}}`;
}

/** Trust policy for an AWS service, on behalf of resources in this account only. */
export function serviceTrust(service: string, accountId: string, ...actions: readonly string[]): string {
  return policyDocument({
    Sid: "ServiceOfThisAccount",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["sts:AssumeRole", ...actions],
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  });
}
