import type { SynthesizedResource } from "./synth-app";

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type PolicyKind = "trust" | "identity" | "resource" | "endpoint" | "key";

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly where: string;
  readonly kind: PolicyKind;
  readonly statement: PolicyStatement;
}

/** Attributes that hold a policy document, by resource type. An unlisted type with a policy fails {@link statementsOf}. */
const POLICY_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, PolicyKind>>>> = {
  aws_iam_role: { assume_role_policy: "trust" },
  aws_iam_role_policy: { policy: "identity" },
  aws_iam_policy: { policy: "identity" },
  aws_kms_key: { policy: "key" },
  aws_vpc_endpoint: { policy: "endpoint" },
  aws_api_gateway_domain_name: { policy: "resource" },
  aws_api_gateway_rest_api_policy: { policy: "resource" },
  aws_cloudwatch_log_resource_policy: { policy_document: "resource" },
  aws_s3_bucket_policy: { policy: "resource" },
};

/** Every statement of every policy that the resources hold. */
export function statementsOf(resources: readonly SynthesizedResource[]): readonly PlacedStatement[] {
  return resources.flatMap(({ stack, address, type, body }) => {
    const known = POLICY_ATTRIBUTES[type] ?? {};
    return Object.entries(body)
      .filter(([, value]) => typeof value === "string" && value.includes('"Statement"'))
      .flatMap(([attribute, value]) => {
        const kind = known[attribute];
        if (kind === undefined)
          throw new Error(`${stack}/${address}: ${attribute} holds a policy that no law knows of`);
        const document = JSON.parse(value as string) as { readonly Statement: readonly PolicyStatement[] };
        return document.Statement.map((statement) => ({
          where: `${stack}/${address} ${statement.Sid ?? "(no Sid)"}`,
          kind,
          statement,
        }));
      });
  });
}

export function asList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
