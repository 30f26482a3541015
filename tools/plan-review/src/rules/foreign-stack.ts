import type { ResourceChange, StackPlan } from "../model";
import { findingOf, isLob, some, stackFinding, written } from "./changes";
import { rowOf } from "./directory-rows";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "foreign-stack";

/**
 * The types that a line of business creates in the shared-services account: the hub's side of its connection, and its
 * rows.
 */
const HANDSHAKE = new Set([
  "aws_ram_principal_association",
  "aws_ec2_transit_gateway_vpc_attachment_accepter",
  "aws_ec2_transit_gateway_route_table_association",
  "aws_ec2_transit_gateway_route_table_propagation",
  "aws_route53_vpc_association_authorization",
  "aws_dynamodb_table_item",
  "aws_cognito_user",
  "aws_cognito_user_group",
]);

/** Why a row does not belong to the stack's own line of business, as sentences. */
function wrongWithRow(resource: ResourceChange, { config }: RuleContext): readonly string[] {
  const row = rowOf(resource, resource.after);
  if (row === undefined) return [];
  const lob = config.linesOfBusiness.find(({ name }) => name === resource.stack);
  const owner = row["LOB"] ?? row["PK"] ?? "";
  const roles = [row["ROLE_ARN"], row["PROFILE_MAKER_ROLE_ARN"]].map((arn) => arn?.split(":")[4]);
  const accounts = [row["ACCOUNT_ID"], ...roles].filter((id) => id !== undefined);
  return [
    ...(owner === resource.stack ? [] : [`the row is ${owner}'s`]),
    ...accounts.filter((id) => id !== lob?.account.id).map((id) => `the row names account ${id}`),
  ];
}

function rows(context: RuleContext): readonly Finding[] {
  return written(context).flatMap((resource) => {
    const wrong = wrongWithRow(resource, context);
    if (wrong.length === 0) return [];
    return [
      findingOf(NAME, "block", resource, {
        message: `${resource.stack} would write a row of the directory that is not its own: it says who enters where.`,
        details: wrong,
      }),
    ];
  });
}

function reaches(context: RuleContext): readonly Finding[] {
  const shared = context.config.sharedServices.id;
  return written(context)
    .filter(
      ({ stack, accountId, type }) => isLob(context, stack) && accountId === shared && !HANDSHAKE.has(type),
    )
    .map((resource) =>
      findingOf(NAME, "block", resource, {
        message: `${resource.stack} would change ${resource.type} in the shared-services account, which belongs to no line of business.`,
      }),
    );
}

// Without an Organization these list the account of each line of business; the rules for policies review them.
const LISTS_ACCOUNTS = new Set(["aws_vpc_endpoint", "aws_iam_role_policy"]);

function changedIn({ resources }: StackPlan, { config }: RuleContext): readonly ResourceChange[] {
  const isList = ({ type, kind }: ResourceChange): boolean =>
    config.organizationId === null && kind === "update" && LISTS_ACCOUNTS.has(type);
  return resources.filter(
    (resource) => resource.mode === "managed" && resource.kind !== "no-op" && !isList(resource),
  );
}

function isWhole(plan: StackPlan, kind: "create" | "delete"): boolean {
  const managed = plan.resources.filter(({ mode }) => mode === "managed");
  return managed.length > 0 && managed.every((resource) => resource.kind === kind);
}

/** Adding or removing a line of business should change its own stack alone. A first deploy is not reported. */
function besides(context: RuleContext): readonly Finding[] {
  const come = context.stacks.filter((plan) => isLob(context, plan.stack) && isWhole(plan, "create"));
  const gone = context.stacks.filter((plan) => isWhole(plan, "delete"));
  const moved = [...come, ...gone].map(({ stack }) => stack);
  if (moved.length === 0) return [];
  return context.stacks
    .filter(
      (plan) =>
        !isWhole(plan, "create") && !moved.includes(plan.stack) && changedIn(plan, context).length > 0,
    )
    .map((plan) =>
      stackFinding(NAME, "warn", plan, {
        message: `${moved.join(", ")} would be added or removed, and ${plan.stack} changes as well, which it does not need to.`,
        details: some(
          changedIn(plan, context).map(({ kind, address }) => `${kind} ${address}`),
          6,
        ),
        remedy: "Check that the change of the other stack is meant, or make it on its own.",
      }),
    );
}

/** The names that cdktf gives to the states of the stacks that all others read. */
const COMMON_STATES = ["networking", "access"].map((stack) => `cross-stack-reference-input-${stack}`);

/** A state holds every output of its stack, secret ones as well. */
function statesRead(context: RuleContext): readonly Finding[] {
  return context.stacks.flatMap((plan) => {
    const foreign = plan.declared
      .filter(({ mode, type }) => mode === "data" && type === "terraform_remote_state")
      .map(({ name }) => name)
      .filter((name) => !COMMON_STATES.includes(name));
    if (foreign.length === 0) return [];
    return [
      stackFinding(NAME, "block", plan, {
        message: `${plan.stack} would read another state (${foreign.join(", ")}): a stack needs those of networking and access alone.`,
      }),
    ];
  });
}

/** Reports a line of business that changes resources of others. */
export const foreignStack: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Lets a line of business change another's rows or the shared services' resources, reads another's state, or changes another stack while one is added or removed.",
  check: (context) => [...rows(context), ...reaches(context), ...statesRead(context), ...besides(context)],
};
