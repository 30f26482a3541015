import { presignRoleArn, roleArn } from "../../expect/roles";
import { workflowRoleArn } from "../../expect/workflows";
import { WRITES } from "../../matrices/data-matrix";
import { sessionId } from "../../matrices/presign-rows";
import { VALUE } from "../../matrices/settings-matrix";
import { applyRow, boundaryRow, boundedRow } from "../../matrices/workflow-settings";
import { workflowsConfig as config } from "../workflows";
import { add, drop, policy, replace, set, withoutCondition, type Mutation, type Target } from "./mutation";

const SHARED = "111111111111";
const LOB = "222222222222";
const PLAN = workflowRoleArn(config, SHARED, "plan");
const APPLY = workflowRoleArn(config, SHARED, "apply");
const APPLY_IN_LOB = workflowRoleArn(config, LOB, "apply");

const PLAN_ROLE: Target = ["ci-access", "aws_iam_role", "PlanRole"];
const APPLY_ROLE: Target = ["ci-access", "aws_iam_role", "ApplyRole"];
const PLAN_POLICY: Target = ["ci-access", "aws_iam_role_policy", "PlanRole"];
const APPLY_POLICY: Target = ["ci-access", "aws_iam_role_policy", "ApplyRole"];
const BOUNDARY: Target = ["ci-access", "aws_iam_policy", "RoleBoundary"];

/** Leaves out a statement. */
function without(sid: string): Parameters<typeof policy>[2] {
  return (statements) => {
    const kept = statements.filter((each) => each.Sid !== sid);
    if (kept.length === statements.length) throw new RangeError(`no statement ${sid}`);
    return kept;
  };
}

/** Changes of the workflows' roles, for the state and config with `ci`. */
export const WORKFLOW_MUTATIONS: readonly Mutation[] = [
  {
    name: "the plan role trusts another repository",
    change: replace(
      PLAN_ROLE,
      "assume_role_policy",
      "repo:example/studio:pull_request",
      "repo:evil/fork:pull_request",
    ),
    cell: ["assume", "workflow with repo:evil/fork:pull_request", PLAN],
  },
  {
    name: "the plan role does not trust pull requests",
    change: replace(PLAN_ROLE, "assume_role_policy", '"repo:example/studio:pull_request",', ""),
    cell: ["assume", "workflow with repo:example/studio:pull_request", PLAN],
  },
  {
    name: "the apply role trusts every run of the repository",
    change: replace(
      APPLY_ROLE,
      "assume_role_policy",
      /"StringEquals":(.*):environment:prod/,
      '"StringLike":$1:*',
    ),
    cell: ["assume", "workflow with repo:example/studio:pull_request", APPLY],
  },
  {
    name: "the apply role trusts every token of GitHub's",
    change: policy(APPLY_ROLE, "assume_role_policy", withoutCondition("WorkflowsOfOurRepository")),
    cell: ["assume", "workflow with repo:somebody/else:pull_request", APPLY],
  },
  {
    name: "the apply role accepts tokens for another audience",
    change: replace(
      APPLY_ROLE,
      "assume_role_policy",
      '"token.actions.githubusercontent.com:aud":"sts.amazonaws.com",',
      "",
    ),
    cell: ["assume", "workflow with repo:example/studio:environment:prod, made out to others", APPLY],
  },
  {
    name: "the apply role trusts another provider",
    change: replace(
      APPLY_ROLE,
      "assume_role_policy",
      "oidc-provider/token.actions.githubusercontent.com",
      "saml-provider/any",
    ),
    cell: ["assume", `identity provider arn:aws:iam::${SHARED}:saml-provider/any`, APPLY],
  },
  {
    name: "the plan role may scan the users",
    change: policy(PLAN_POLICY, "policy", () => [{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }]),
    cell: ["data", PLAN, "read studio-access-local-users"],
  },
  {
    name: "the apply role of a line of business may presign",
    change: policy(["ci-access-lob-a", "aws_iam_role_policy", "ApplyRole"], "policy", without("NoData")),
    cell: ["presign", sessionId(APPLY_IN_LOB), "lob-a/user-lob-a"],
  },
  {
    name: "the apply role may change its own rights",
    change: policy(APPLY_POLICY, "policy", (statements) => [
      ...without("NotItsOwnRights")(statements),
      { Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" },
    ]),
    cell: ["settings", applyRow(SHARED, "iam:PutRolePolicy"), VALUE],
  },
  {
    name: "the apply role may remove a boundary",
    change: policy(APPLY_POLICY, "policy", (statements) => [
      ...without("NoBoundaryLifted")(statements),
      { Effect: "Allow", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    ]),
    cell: ["settings", applyRow(SHARED, "iam:DeleteRolePermissionsBoundary"), VALUE],
  },
  {
    name: "the apply role makes roles without the boundary",
    change: policy(APPLY_POLICY, "policy", withoutCondition("MakeRolesWithinBoundary")),
    cell: ["settings", applyRow(SHARED, "iam:CreateRole"), VALUE],
  },
  {
    name: "a role has lost its boundary",
    change: set(["access", "aws_iam_role", "PresignFunction"], { permissions_boundary: "" }),
    cell: ["settings", boundaryRow(presignRoleArn(config)), VALUE],
  },
  {
    name: "a role has another boundary",
    change: set(["lob-a", "aws_iam_role", "ExecutionRole"], {
      permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    cell: ["settings", boundaryRow(roleArn(config, LOB, "lob-a", "execution")), VALUE],
  },
  {
    name: "the boundary lets roles create roles",
    change: policy(BOUNDARY, "policy", without("NoIdentities")),
    cell: ["settings", boundedRow(SHARED, "iam:CreateRole"), VALUE],
  },
  {
    name: "the boundary lets roles assume the workflows' roles",
    change: policy(BOUNDARY, "policy", without("NotAsWorkflow")),
    cell: ["settings", boundedRow(SHARED, "sts:AssumeRole"), VALUE],
  },
  {
    name: "the boundary is gone",
    change: drop(...BOUNDARY),
    cell: ["settings", boundedRow(SHARED, "iam:CreateRole"), VALUE],
  },
  {
    name: "the plan role is gone",
    change: drop(...PLAN_ROLE),
    cell: ["data", PLAN, "read studio-access-local-users"],
  },
  {
    name: "the plan role has ReadOnlyAccess",
    change: add("ci-access", "aws_iam_role_policy_attachment", {
      role: "studio-access-local-ci-plan",
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    }),
    cell: ["data", PLAN, "read studio-access-local-users"],
  },
  {
    name: "the users table lets everyone write, the plan role too",
    change: add("access", "aws_dynamodb_resource_policy", {
      resource_arn: `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-users`,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: "*",
          Action: WRITES.map((each) => `dynamodb:${each}`),
          Resource: "*",
        },
      }),
    }),
    cell: ["data", PLAN, "write studio-access-local-users"],
  },
];
