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

/** The policy of each endpoint. An endpoint policy grants nothing: it only narrows what identities may do. */
const ACTIONS: Readonly<Record<CentralServiceName, readonly string[]>> = {
  "sagemaker-api": ["sagemaker:*"],
  "sagemaker-runtime": ["sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointAsync"],
  // Studio's own traffic: AWS requires CreateApp to stay allowed here.
  studio: ["sagemaker:*"],
  sts: ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:SetSourceIdentity", "sts:TagSession"],
  logs: ["logs:*"],
  "ecr-api": ["ecr:*"],
  "ecr-dkr": ["ecr:*"],
  kms: ["kms:*"],
  monitoring: ["cloudwatch:*"],
  servicecatalog: ["servicecatalog:*"],
  elasticfilesystem: ["elasticfilesystem:*"],
};

/** Services whose requests name a resource of an account, so that a foreign one can be refused as well. */
const NAMES_RESOURCES: ReadonlySet<CentralServiceName> = new Set(["sts"]);

export function endpointPolicy(service: CentralServiceName, config: Config): string {
  const statement: Statement = {
    Sid: "OurPrincipalsOnly",
    Effect: "Allow",
    Principal: "*",
    Action: ACTIONS[service],
    Resource: "*",
    Condition: ourPrincipals(config),
  };
  if (!NAMES_RESOURCES.has(service)) return policyDocument(statement);
  return policyDocument(
    {
      ...statement,
      Sid: "OurPrincipalsAndRoles",
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      Condition: {
        StringEquals: { ...ourPrincipals(config)["StringEquals"], ...ourResources(config)["StringEquals"] },
      },
    },
    { ...statement, Sid: "WhoAmI", Action: "sts:GetCallerIdentity" },
  );
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
