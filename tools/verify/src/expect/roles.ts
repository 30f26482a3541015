import { hasGroups, type Config, type LineOfBusiness } from "@studio-access/config";
import { boundaryArn, lookPolicyArn, trustedTokens, workflowRoleArn } from "./workflows";

/** A role that the config calls for, and who may assume it. */
export interface ExpectedRole {
  readonly arn: string;
  readonly account: string;
  readonly kind: "presign" | "access" | "profiles" | "execution" | "service" | "workflow";
  /** The service that assumes it; undefined for access roles, profile makers and the roles of the workflows. */
  readonly service: string | undefined;
  /** On behalf of which accounts the service may assume it. */
  readonly serviceScope: "own account" | "any account";
  readonly lob: LineOfBusiness | undefined;
  /** ARNs of the managed policies that the config attaches to it. */
  readonly policies: readonly string[];
  /** Ids of the workflows' tokens that may assume it. */
  readonly tokens: readonly string[];
  /** ARN of its permissions boundary; undefined when it has none. */
  readonly boundary: string | undefined;
}

export function namePrefix({ environment }: Pick<Config, "environment">): string {
  return `studio-access-${environment}`;
}

export function roleArn(config: Config, account: string, ...parts: readonly string[]): string {
  const name = [namePrefix(config), ...parts].join("-");
  return `arn:aws:iam::${account}:role/studio-access/${config.environment}/${name}`;
}

export function presignRoleArn(config: Config): string {
  return roleArn(config, config.sharedServices.id, "presign");
}

export function expectedRoles(config: Config): readonly ExpectedRole[] {
  const shared = (service: string, ...parts: readonly string[]): ExpectedRole => ({
    arn: roleArn(config, config.sharedServices.id, ...parts),
    account: config.sharedServices.id,
    kind: parts[0] === "presign" ? "presign" : "service",
    service,
    // A trust policy can ask for aws:SourceAccount only where the service sends it. Lambda and EC2 do not, and AWS does
    // not document whether API Gateway does for the role that writes its logs.
    serviceScope: ["lambda.amazonaws.com", "ec2.amazonaws.com", "apigateway.amazonaws.com"].includes(service)
      ? "any account"
      : "own account",
    lob: undefined,
    policies: [],
    tokens: [],
    boundary: boundaryOf(config, config.sharedServices.id),
  });
  const simulator = (config.onPremise ?? null) !== null;
  return [
    shared("vpc-flow-logs.amazonaws.com", "hub", "flow-logs"),
    shared("vpc-flow-logs.amazonaws.com", "access", "flow-logs"),
    ...(config.apiGatewayLogRole === "leave" ? [] : [shared("apigateway.amazonaws.com", "api-log-writer")]),
    shared("lambda.amazonaws.com", "authorizer"),
    shared("lambda.amazonaws.com", "presign"),
    ...(config.access?.portal === undefined ? [] : [shared("lambda.amazonaws.com", "portal")]),
    ...(simulator
      ? [
          shared("vpc-flow-logs.amazonaws.com", "on-premise", "flow-logs"),
          shared("ec2.amazonaws.com", "on-premise", "client"),
        ]
      : []),
    ...config.linesOfBusiness.flatMap((lob) => rolesOfLob(config, lob)),
    ...workflowRoles(config),
  ];
}

function rolesOfLob(config: Config, lob: LineOfBusiness): readonly ExpectedRole[] {
  const role = (kind: ExpectedRole["kind"], last: string, service: string | undefined): ExpectedRole => ({
    arn: roleArn(config, lob.account.id, lob.name, last),
    account: lob.account.id,
    kind,
    service,
    serviceScope: "own account",
    lob,
    policies: kind === "execution" ? ownPolicies(lob) : [],
    tokens: [],
    boundary: boundaryOf(config, lob.account.id),
  });
  return [
    role("access", "access", undefined),
    ...(hasGroups(lob) ? [role("profiles", "profiles", undefined)] : []),
    role("execution", "execution", "sagemaker.amazonaws.com"),
    role("service", "flow-logs", "vpc-flow-logs.amazonaws.com"),
  ];
}

/** Only customer managed policies: the config's rules refuse AWS managed ones, such as AmazonSageMakerFullAccess. */
function ownPolicies({ account, executionPolicyArns = [] }: LineOfBusiness): readonly string[] {
  return executionPolicyArns.filter((arn) => arn.startsWith(`arn:aws:iam::${account.id}:policy/`));
}

/** Every role that a workflow may change has the boundary. */
function boundaryOf(config: Config, account: string): string | undefined {
  return (config.ci ?? null) === null ? undefined : boundaryArn(config, account);
}

function workflowRoles(config: Config): readonly ExpectedRole[] {
  if ((config.ci ?? null) === null) return [];
  const tokens = trustedTokens(config);
  const accounts = [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)];
  return accounts.flatMap(({ id }) =>
    (["plan", "apply"] as const).map((role) => ({
      arn: workflowRoleArn(config, id, role),
      account: id,
      kind: "workflow" as const,
      service: undefined,
      serviceScope: "own account" as const,
      lob: undefined,
      policies: role === "apply" ? [lookPolicyArn(config, id)] : [],
      tokens: tokens[role].map((token) => token.id),
      // An administrator makes these roles and no workflow may change them, so they need no boundary.
      boundary: undefined,
    })),
  );
}
