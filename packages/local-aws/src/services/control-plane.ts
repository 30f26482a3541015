import type { Moto, ServiceHandler } from "../server/call";
import { ApiGatewayService } from "./api-gateway/api-gateway-service";
import { AttachmentRegistry } from "./ec2/attachment-registry";
import { Ec2Service } from "./ec2/ec2-service";
import { MotoOrganizations } from "./ram/membership";
import { RamService } from "./ram/ram-service";
import { ShareRegistry } from "./ram/share-registry";
import { Route53Service } from "./route53/route53-service";
import { ZoneRegistry } from "./route53/zone-registry";

/** The services that moto does not answer alone, with the state that they keep. */
export interface ControlPlane {
  /** By signing name. */
  readonly handlers: ReadonlyMap<string, ServiceHandler>;
  readonly shares: ShareRegistry;
  readonly attachments: AttachmentRegistry;
  readonly zones: ZoneRegistry;
}

export function createControlPlane(moto: Moto): ControlPlane {
  const shares = new ShareRegistry();
  const attachments = new AttachmentRegistry();
  const zones = new ZoneRegistry();
  const handlers = new Map<string, ServiceHandler>([
    ["apigateway", new ApiGatewayService(moto)],
    ["ec2", new Ec2Service({ moto, shared: shares, attachments })],
    ["ram", new RamService(shares, new MotoOrganizations(moto))],
    ["route53", new Route53Service(moto, zones)],
  ]);
  return { handlers, shares, attachments, zones };
}
