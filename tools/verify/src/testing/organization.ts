import type { ResourceInstance } from "@studio-access/terraform";

/** The sample's state as it is deployed in the Organization `o-example`. */
export function inOrganization(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  return state
    .filter(({ type }) => type !== "aws_ram_resource_share_accepter")
    .map((resource) => {
      const { type, values } = resource;
      if (type === "aws_ram_resource_share")
        return { ...resource, values: { ...values, allow_external_principals: false } };
      const texts = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? withOrganization(type, value) : value,
      ]);
      return { ...resource, values: Object.fromEntries(texts) as ResourceInstance["values"] };
    });
}

function withOrganization(type: string, policy: string): string {
  switch (type) {
    case "aws_vpc_endpoint":
      return policy
        .replace(/"aws:PrincipalAccount":\[[^\]]*\]/g, '"aws:PrincipalOrgID":"o-example"')
        .replace(/"aws:ResourceAccount":\[[^\]]*\]/g, '"aws:ResourceOrgID":"o-example"');
    case "aws_iam_role":
      return policy.replace(
        /("ArnEquals":\{"aws:PrincipalArn":"[^"]*"\})/g,
        '$1,"StringEquals":{"aws:PrincipalOrgID":"o-example"}',
      );
    case "aws_iam_role_policy":
      return policy.replace(
        /"Resource":\["arn:aws:iam::222222222222:role[^\]]*\]/,
        '"Condition":{"StringEquals":{"aws:ResourceOrgID":"o-example"}},' +
          '"Resource":"arn:aws:iam::*:role/studio-access/local/studio-access-local-lob-*-access"',
      );
    default:
      return policy;
  }
}
