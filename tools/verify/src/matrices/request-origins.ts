import type { RequestContext } from "@studio-access/policy";

import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import type { PolicyText } from "../model/roles";

/** Where a request enters AWS: through a VPC endpoint, or from the internet. */
export interface RequestOrigin {
  readonly id: string;
  readonly context: RequestContext;
  /** The endpoint's policy; undefined for a foreign endpoint and for the internet. */
  readonly policy: PolicyText | undefined;
}

/** An endpoint in a VPC of a foreign account. */
const FOREIGN: RequestOrigin = {
  id: "foreign endpoint",
  context: { "aws:SourceVpce": "vpce-00000000000000bad", "aws:SourceVpc": "vpc-00000000000000bad" },
  policy: undefined,
};

const PUBLIC: RequestOrigin = {
  id: "internet",
  context: { "aws:SourceIp": "203.0.113.7" },
  policy: undefined,
};

const CENTRAL = ["sagemaker-api", "studio", "sts"];

/** The hub's endpoints of SageMaker's API, Studio and STS; an endpoint in a foreign VPC; and the internet. */
export function requestOriginsOf({ facts }: Model): readonly RequestOrigin[] {
  const hub = facts.vpcs.find(({ stack }) => stack === "networking")?.vpcId;
  const own = facts.endpoints
    .filter(({ vpcId, type }) => vpcId === hub && type === "Interface")
    .map((endpoint) => ({ id: serviceId(endpoint.serviceName), endpoint }))
    .filter(({ id }) => CENTRAL.includes(id))
    .sort((left, right) => CENTRAL.indexOf(left.id) - CENTRAL.indexOf(right.id))
    .map(({ id, endpoint: { vpcEndpointId, vpcId, policy } }) => ({
      id,
      context: { "aws:SourceVpce": vpcEndpointId, "aws:SourceVpc": vpcId },
      policy: policy === "" ? undefined : { name: `policy of the ${id} endpoint`, json: policy },
    }));
  return [...own, FOREIGN, PUBLIC];
}
