/** What may run while a plan is made. Everything else is refused: a provider or data source is a program. */
export interface AllowList {
  /** Full source addresses. */
  readonly providers: readonly string[];
  /** Types of data sources. */
  readonly dataSources: readonly string[];
  /** Types of state backends, of the stacks' own states and of those that they read. */
  readonly backends: readonly string[];
}

/** What the stacks of this repository need. */
export const ALLOW_LIST: AllowList = {
  providers: ["registry.terraform.io/hashicorp/aws", "terraform.io/builtin/terraform"],
  dataSources: [
    "aws_ec2_transit_gateway",
    "aws_prefix_list",
    "aws_secretsmanager_random_password",
    "aws_ssm_parameter",
    "terraform_remote_state",
  ],
  backends: ["local", "s3"],
};

/** The full address of a provider's source: `aws` and `hashicorp/aws` are `registry.terraform.io/hashicorp/aws`. */
export function fullSource(source: string): string {
  const [first = "", second, third] = source.toLowerCase().split("/");
  if (second === undefined) return `registry.terraform.io/hashicorp/${first}`;
  return third === undefined ? `registry.terraform.io/${first}/${second}` : `${first}/${second}/${third}`;
}
