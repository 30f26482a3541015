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
