import type { RequestContext } from "@studio-access/policy";

import type { IdentityDocuments } from "../../iam/iam-identity";
import { IamRole } from "../../iam/role";
import { compile, type StoredPolicy } from "../../iam/stored-policy";
import { NO_FACTS, type EndpointFact, type NetworkFacts } from "@studio-access/network";
import type { EndpointPath } from "../../server/call";
import type { CheckedCaller } from "../caller";
import { document, type ExampleStatement } from "./example-deployment";

/** For tests: a role, a session of that role, and an endpoint. */
export const ROLE_ARN = "arn:aws:iam::111111111111:role/studio-access/presign";
export const SESSION_ARN = "arn:aws:sts::111111111111:assumed-role/presign/fn";
export const NOW = Date.parse("2026-04-09T12:00:00Z");
export const endpoint: EndpointPath = { vpcEndpointId: "vpce-1", vpcId: "vpc-1", sourceIp: "10.1.1.9" };

const TRUST = document({
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111111111111:root" },
  Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
});

export function exampleRole(change: Partial<IdentityDocuments> = {}, trust = TRUST): IamRole {
  return new IamRole(
    { arn: ROLE_ARN, id: "AROAEXAMPLE", tags: new Map(), policies: [], boundary: undefined, ...change },
    trust,
  );
}

export function identityPolicy(...statements: readonly ExampleStatement[]): StoredPolicy {
  return compile(document(...statements), "identity", "inline");
}

export interface ExampleCaller {
  readonly policies?: readonly StoredPolicy[];
  readonly principal?: Partial<Extract<CheckedCaller["principal"], { type: "role_session" }>>;
  readonly context?: RequestContext;
}

export function exampleCaller({
  policies = [],
  principal = {},
  context = {},
}: ExampleCaller = {}): CheckedCaller {
  return {
    principal: { type: "role_session", roleArn: ROLE_ARN, sessionName: "fn", ...principal },
    arn: SESSION_ARN,
    identityPolicies: policies,
    permissionBoundary: undefined,
    sessionPolicies: [],
    context,
  };
}

/** A network with one endpoint. */
export function networkWith(policy: string): { facts: (region: string) => Promise<NetworkFacts> } {
  const fact: EndpointFact = {
    ...{ vpcEndpointId: endpoint.vpcEndpointId, vpcId: endpoint.vpcId, account: "111111111111" },
    ...{ type: "Interface", serviceName: "com.amazonaws.eu-west-1.sts", available: true, privateDns: false },
    policy,
    ...{ subnetIds: [], securityGroupIds: [], routeTableIds: [], dnsNames: [] },
  };
  return { facts: (region) => Promise.resolve({ ...NO_FACTS, region, endpoints: [fact] }) };
}
