import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";
import { sampleConfig } from "./sample";

/** A customer managed policy that is made outside our stacks. */
export const TEAM_POLICY = "arn:aws:iam::222222222222:policy/team-data";

/** The sample's config, whose first line of business names the policy. */
export const withTeamPolicy: Pick<Config, "linesOfBusiness"> = {
  linesOfBusiness: sampleConfig.linesOfBusiness.map((lob) =>
    lob.name === "lob-a" ? { ...lob, executionPolicyArns: [TEAM_POLICY] } : lob,
  ),
};

/** Attaches a policy to the execution role of the sample's first line of business. */
export function attached(
  policyArn: string,
): (state: readonly ResourceInstance[]) => readonly ResourceInstance[] {
  return (state) => [
    ...state,
    {
      stack: "lob-a",
      address: `aws_iam_role_policy_attachment.${policyArn}`,
      mode: "managed",
      type: "aws_iam_role_policy_attachment",
      values: { role: "studio-access-local-lob-a-execution", policy_arn: policyArn },
    },
  ];
}
