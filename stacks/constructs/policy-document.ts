/** Conditions of a statement: operator → condition key → value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type Principals =
  | "*"
  | { readonly AWS: string | readonly string[] }
  | { readonly Service: string | readonly string[] }
  | { readonly Federated: string };

/** One statement of an IAM policy, as AWS spells it. */
export interface Statement {
  /** Says what the statement is for; shows up in access-denied analyses. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Principals;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  /** Every resource but these; in a Deny alone. */
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

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
