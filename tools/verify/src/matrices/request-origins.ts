import type { Config } from "@studio-access/config";

import type { KeyFacts } from "@studio-access/policy/questions";

import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import type { PolicyText } from "../model/roles";
import type { Circumstances } from "./asking";
import { ANY, anyBut, ANY_OR_NONE, AT_WILL, meant } from "./known-keys";

/** Where a request enters AWS: through a VPC endpoint, or from the internet. */
export interface RequestOrigin {
  readonly id: string;
  readonly circumstances: Circumstances;
  /** The endpoint's policy; undefined for a foreign endpoint and for the internet. */
  readonly policy: PolicyText | undefined;
}

type Endpoint = Model["facts"]["endpoints"][number];

/** Through one of our endpoints, from any address. */
export function throughEndpoint(
  { vpcEndpointId, vpcId, account }: Pick<Endpoint, "vpcEndpointId" | "vpcId" | "account">,
  { organizationId, region }: Pick<Config, "organizationId" | "region">,
): Circumstances {
  const organization = organizationId === null ? {} : { "aws:VpceOrgID": organizationId };
  return {
    stated: {
      "aws:SourceVpce": vpcEndpointId,
      "aws:SourceVpc": vpcId,
      "aws:SourceVpcArn": `arn:aws:ec2:${region}:${account}:vpc/${vpcId}`,
      "aws:VpceAccount": account,
      "aws:SourceIp": undefined,
      ...organization,
    },
    facts: {
      "aws:vpcsourceip": ANY,
      "aws:vpceorgid": AT_WILL,
      "aws:vpceorgpaths": ANY_OR_NONE,
    },
  };
}

/** Through an endpoint in a VPC that is not ours: any that a policy names, and a stranger's. */
function throughForeignEndpoint({ facts }: Model, accounts: readonly string[]): Circumstances {
  const vpcs = facts.vpcs.map(({ vpcId }) => vpcId);
  const isForeign = (arn: string): boolean => !vpcs.some((vpcId) => arn.endsWith(`/${vpcId}`));
  const arns = (values: readonly string[]): readonly string[] => values.filter(isForeign);
  return {
    stated: { "aws:SourceIp": undefined },
    facts: {
      "aws:sourcevpce": anyBut(...facts.endpoints.map(({ vpcEndpointId }) => vpcEndpointId)),
      "aws:sourcevpc": anyBut(...vpcs),
      "aws:sourcevpcarn": { possible: arns, usual: arns },
      "aws:vpceaccount": anyBut(...accounts),
      "aws:vpcsourceip": ANY,
      "aws:vpceorgid": ANY_OR_NONE,
      "aws:vpceorgpaths": ANY_OR_NONE,
    },
  };
}

const NO_ENDPOINT = Object.fromEntries(
  ["SourceVpce", "SourceVpc", "SourceVpcArn", "VpceAccount", "VpceOrgID", "VpceOrgPaths", "VpcSourceIp"].map(
    (key) => [`aws:${key}`, undefined],
  ),
);

/** From any address, also one that a policy names. */
const PUBLIC: RequestOrigin = {
  id: "internet",
  circumstances: { stated: NO_ENDPOINT, facts: { "aws:sourceip": ANY } },
  policy: undefined,
};

/** From anywhere: what is meant comes through this endpoint, if there is one. */
export function fromAnywhere(endpoint?: Pick<Endpoint, "vpcEndpointId" | "vpcId">): Circumstances {
  const through = (id: string | undefined): KeyFacts => (id === undefined ? AT_WILL : meant(id));
  return {
    stated: {},
    facts: {
      "aws:sourcevpce": through(endpoint?.vpcEndpointId),
      "aws:sourcevpc": through(endpoint?.vpcId),
      "aws:sourcevpcarn": ANY_OR_NONE,
      "aws:vpceaccount": ANY_OR_NONE,
      "aws:vpceorgid": ANY_OR_NONE,
      "aws:vpceorgpaths": ANY_OR_NONE,
      "aws:vpcsourceip": ANY_OR_NONE,
      "aws:sourceip": ANY_OR_NONE,
    },
  };
}

const CENTRAL = ["sagemaker-api", "studio", "sts"];

/** The hub's endpoint of a service. Where a service has several, each is one. */
export function centralEndpoints({ facts }: Model, service: string): readonly Endpoint[] {
  const hub = facts.vpcs.find(({ stack }) => stack === "networking")?.vpcId;
  return facts.endpoints.filter(
    ({ vpcId, type, serviceName }) =>
      vpcId === hub && type === "Interface" && serviceId(serviceName) === service,
  );
}

/** The hub's endpoints of SageMaker's API, Studio and STS; endpoints in foreign VPCs; and the internet. */
export function requestOriginsOf(
  model: Model,
  config: Config,
  accounts: readonly string[],
): readonly RequestOrigin[] {
  const own = CENTRAL.flatMap((id) =>
    centralEndpoints(model, id).map((endpoint) => ({
      id,
      circumstances: throughEndpoint(endpoint, config),
      policy:
        endpoint.policy === "" ? undefined : { name: `policy of the ${id} endpoint`, json: endpoint.policy },
    })),
  );
  const foreign = {
    id: "foreign endpoint",
    circumstances: throughForeignEndpoint(model, accounts),
    policy: undefined,
  };
  return [...own, foreign, PUBLIC];
}
