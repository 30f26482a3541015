import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayDomainNameAccessAssociation } from "@cdktf/provider-aws/lib/api-gateway-domain-name-access-association";
import { Construct } from "constructs";

import type { DomainConfig } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import type { EndpointTarget } from "../networking/outputs";
import { EndpointZone } from "./endpoint-zone";
import { onlyThrough } from "./private-api";

export interface ApiDomainProps extends AccountContext {
  readonly domain: DomainConfig;
  /** The one VPC endpoint that the name may be called through. */
  readonly endpoint: EndpointTarget;
  /** VPC whose resolver answers the corporate network. */
  readonly hubVpcId: string;
}

/**
 * A name of the company's own for the private API: API Gateway's private custom domain name, which the central endpoint
 * alone is associated with, and a zone for exactly that name.
 *
 * Made in two steps, as the API is: the constructor makes the name, which the identity provider's client returns to, and
 * {@link leadTo} says which stage it opens.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
 */
export class ApiDomain extends Construct {
  /** The address that people open; without a slash at its end, and without the stage. */
  readonly address: string;
  readonly zoneId: string;
  readonly #name: ApiGatewayDomainName;
  readonly #props: ApiDomainProps;

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { provider, config, domain, endpoint } = props;
    this.#props = props;
    this.#name = new ApiGatewayDomainName(this, "Name", {
      provider,
      domainName: domain.name,
      certificateArn: domain.certificateArn,
      endpointConfiguration: { types: ["PRIVATE"] },
      securityPolicy: "TLS_1_2",
      // The id behind the name is made with it, so the policy cannot hold it. The short form `execute-api:/*` of AWS's
      // examples is written out when it is saved, and every later plan would undo that.
      policy: onlyThrough(
        endpoint.id,
        `arn:aws:execute-api:${config.region}:${config.sharedServices.id}:/domainnames/${domain.name}+*`,
      ),
    });
    this.address = `https://${this.#name.domainName}`;
    new ApiGatewayDomainNameAccessAssociation(this, "Association", {
      provider,
      domainNameArn: this.#name.arn,
      accessAssociationSource: endpoint.id,
      accessAssociationSourceType: "VPCE",
    });
    this.zoneId = new EndpointZone(this, "Zone", {
      ...props,
      name: domain.name,
      comment: "Studio Access: the private API's name for people",
    }).zoneId;
  }

  /** Opens a stage of an API under this name. To be called once. */
  leadTo(restApiId: string, stageName: string): void {
    const { domainName, domainNameId } = this.#name;
    const { provider } = this.#props;
    new ApiGatewayBasePathMapping(this, "Mapping", {
      provider,
      domainName,
      domainNameId,
      apiId: restApiId,
      stageName,
    });
  }
}
