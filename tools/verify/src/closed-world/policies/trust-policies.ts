import { trustedTokens, githubProviderArn } from "../../expect/workflows";
import { presignRoleArn } from "../../expect/roles";
import type { AttributeContext } from "../rules";
import type { Statement } from "./expected-statements";

/** Who may assume a role, by the part of its address that says what it is for. */
export function trustPolicy(context: AttributeContext): readonly Statement[] {
  const { account, config, resource } = context;
  const { address } = resource;
  const ofAccount = { StringEquals: { "aws:SourceAccount": account } };
  if (address.includes("FlowLogs")) return [service("vpc-flow-logs", ofAccount)];
  if (address.includes("LogWriter")) return [service("apigateway")];
  if (/AuthorizerFunction|PresignFunction|PortalFunction/.test(address)) return [service("lambda")];
  if (address.includes("SessionManager")) return [service("ec2")];
  if (address.includes("ExecutionRole")) {
    const action = ["sts:AssumeRole", "sts:SetSourceIdentity"];
    const ofResource = { ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:${config.region}:${account}:*` } };
    return [service("sagemaker", ofAccount, action), service("sagemaker", ofResource, action)];
  }
  if (/AccessRole|ProfileMaker/.test(address)) return ofAccessRole(context);
  if (/PlanRole|ApplyRole/.test(address)) return ofWorkflows(context);
  return [];
}

function service(name: string, condition?: object, action: unknown = "sts:AssumeRole"): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: `${name}.amazonaws.com` },
    Action: action,
    ...(condition && { Condition: condition }),
  };
}

/** The presign function in the name of a user. */
function ofAccessRole({ config }: AttributeContext): readonly Statement[] {
  const trusted = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${config.sharedServices.id}:root` } };
  const presign = {
    ArnEquals: { "aws:PrincipalArn": presignRoleArn(config) },
    ...(config.organizationId !== null && { StringEquals: { "aws:PrincipalOrgID": config.organizationId } }),
  };
  const inName = { Null: { "aws:RequestTag/user": "false", "sts:SourceIdentity": "false" } };
  return [
    { ...trusted, Action: "sts:AssumeRole", Condition: { ...presign, ...inName } },
    { ...trusted, Action: ["sts:SetSourceIdentity", "sts:TagSession"], Condition: presign },
  ];
}

function ofWorkflows({ config, account, resource }: AttributeContext): readonly Statement[] {
  const tokens = trustedTokens(config)[resource.address.includes("PlanRole") ? "plan" : "apply"];
  const issuer = "token.actions.githubusercontent.com";
  return [
    {
      Effect: "Allow",
      Principal: { Federated: githubProviderArn(account) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          [`${issuer}:sub`]: tokens.map(({ subject }) => subject),
        },
      },
    },
  ];
}
