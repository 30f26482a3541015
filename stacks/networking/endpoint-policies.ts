import type { Config } from "@studio-access/config";
import { policyDocument, type Conditions, type Statement } from "../constructs/policy-document";
import type { CentralServiceName } from "./endpoint-catalog";

/** Condition that holds only for our own principals: the Organization's, or the configured accounts'. */
function ourPrincipals(config: Config): Conditions {
  if (config.organizationId !== null)
    return { StringEquals: { "aws:PrincipalOrgID": config.organizationId } };
  return { StringEquals: { "aws:PrincipalAccount": accountIds(config) } };
}

/** Condition that holds only for resources of ours. */
function ourResources(config: Config): Conditions {
  if (config.organizationId !== null) return { StringEquals: { "aws:ResourceOrgID": config.organizationId } };
  return { StringEquals: { "aws:ResourceAccount": accountIds(config) } };
}

function accountIds(config: Config): readonly string[] {
  return [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)].map(({ id }) => id);
}

/**
 * Actions that each endpoint carries: those of its service. An endpoint policy grants nothing. It guards whose calls pass; a
 * list of actions here would only close what a LOB's own policies open.
 */
const ACTIONS: Readonly<Record<CentralServiceName, string>> = {
  "sagemaker-api": "sagemaker:*",
  "sagemaker-runtime": "sagemaker:*",
  studio: "sagemaker:*",
  sts: "sts:*",
  logs: "logs:*",
  "ecr-api": "ecr:*",
  "ecr-dkr": "ecr:*",
  kms: "kms:*",
  monitoring: "cloudwatch:*",
  servicecatalog: "servicecatalog:*",
  elasticfilesystem: "elasticfilesystem:*",
};

export function endpointPolicy(service: CentralServiceName, config: Config): string {
  const statement: Statement = {
    Sid: "OurPrincipalsOnly",
    Effect: "Allow",
    Principal: "*",
    Action: ACTIONS[service],
    Resource: "*",
    Condition: ourPrincipals(config),
  };
  if (service === "sts") return stsPolicy(statement, config);
  if (service === "studio") return policyDocument(statement, ourDomains(config));
  return policyDocument(statement);
}

/** Calls of STS that name a role: both who asks and the role must be ours. */
const OF_ROLES = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

/** Calls of STS about the caller's own session. */
const OF_CALLERS = ["sts:DecodeAuthorizationMessage", "sts:GetCallerIdentity", "sts:GetSessionToken"];

function stsPolicy(ours: Statement, config: Config): string {
  const resources = ourResources(config)["StringEquals"];
  const principals = ourPrincipals(config)["StringEquals"];
  return policyDocument(
    {
      ...ours,
      Sid: "OurPrincipalsAndRoles",
      Action: OF_ROLES,
      Condition: { StringEquals: { ...principals, ...resources } },
    },
    { ...ours, Sid: "WhoAmI", Action: OF_CALLERS },
    // Who comes with a token of an identity provider's is no principal of AWS yet: only the role can be ours.
    {
      ...ours,
      Sid: "OurRolesByToken",
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: ourResources(config),
    },
  );
}

/**
 * Studio's own pages carry a cookie, and AWS does not document whether the condition on the caller holds for them. So
 * whatever is asked of a Studio domain of ours passes as well.
 */
function ourDomains(config: Config): Statement {
  return {
    Sid: "OurStudioDomains",
    Effect: "Allow",
    Principal: "*",
    Action: ACTIONS.studio,
    Resource: "*",
    Condition: ourResources(config),
  };
}

/**
 * The execute-api endpoint's callers sign nothing (a bearer token is no AWS principal), so no condition on the
 * principal can hold: the policy names what may be invoked instead.
 */
export function executeApiEndpointPolicy(config: Config): string {
  return policyDocument({
    Sid: "ApisOfThisAccountOnly",
    Effect: "Allow",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: `arn:aws:execute-api:${config.region}:${config.sharedServices.id}:*`,
  });
}
