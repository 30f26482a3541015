import { roleArn } from "../../expect/roles";
import { sessionId, UNKNOWN_USER } from "../../matrices/presign-rows";
import { policyRow, VALUE } from "../../matrices/settings-matrix";
import { attached, TEAM_POLICY, withTeamPolicy } from "../team-policy";
import { sampleConfig } from "../sample";
import { add, all, policy, withoutCondition, type Mutation } from "./mutation";

const EXECUTION = roleArn(sampleConfig, "222222222222", "lob-a", "execution");
const PROFILE = "lob-a/user-lob-a";
const FULL_ACCESS = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";

function teamPolicy(action: string): ReturnType<typeof add> {
  const statement = { Effect: "Allow", Action: action, Resource: "*" };
  return add("lob-a", "aws_iam_policy", {
    arn: TEAM_POLICY,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
  });
}

/** Changes of the managed policies that are attached to a line of business's execution role. */
export const ATTACHED_MUTATIONS: readonly Mutation[] = [
  {
    name: "a policy that the config does not name is attached, and the state does not hold its text",
    change: attached(TEAM_POLICY),
    cell: ["presign", EXECUTION, PROFILE],
  },
  {
    name: "a harmless policy that the config does not name is attached",
    change: all(teamPolicy("athena:StartQueryExecution"), attached(TEAM_POLICY)),
    cell: ["settings", policyRow(EXECUTION, TEAM_POLICY), VALUE],
  },
  {
    name: "a policy that the config names is not attached",
    change: (state) => state,
    config: withTeamPolicy,
    cell: ["settings", policyRow(EXECUTION, TEAM_POLICY), VALUE],
  },
  {
    name: "a policy that the config names presigns from anywhere",
    change: all(teamPolicy("sagemaker:*"), attached(TEAM_POLICY)),
    config: withTeamPolicy,
    cell: ["presign", sessionId(EXECUTION, UNKNOWN_USER), PROFILE],
  },
  {
    name: "the execution role presigns from anywhere, beside a policy whose text the state does not hold",
    change: all(
      attached(TEAM_POLICY),
      policy(
        ["lob-a", "aws_iam_role_policy", "ExecutionRole"],
        "policy",
        withoutCondition("OpenOwnAppsBySourceIdentity"),
      ),
    ),
    config: withTeamPolicy,
    cell: ["presign", sessionId(EXECUTION, "user-lob-a"), PROFILE],
  },
  {
    name: "the config itself names AmazonSageMakerFullAccess",
    change: attached(FULL_ACCESS),
    config: {
      linesOfBusiness: sampleConfig.linesOfBusiness.map((lob) => ({
        ...lob,
        executionPolicyArns: lob.name === "lob-a" ? [FULL_ACCESS] : [],
      })),
    },
    cell: ["presign", EXECUTION, PROFILE],
  },
];
