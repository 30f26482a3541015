import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { Route53ProfilesProfile } from "@cdktf/provider-aws/lib/route53profiles-profile";
import { Route53ProfilesResourceAssociation } from "@cdktf/provider-aws/lib/route53profiles-resource-association";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { CentralServiceName } from "./endpoint-catalog";

export interface ZoneProfileProps extends AccountContext {
  /** ARNs of the private zones, by service. */
  readonly zoneArns: ReadonlyMap<CentralServiceName, string>;
  /** The RAM share that every line of business has a part in already. */
  readonly resourceShareArn: string;
}

/**
 * One Route 53 Profile with every central zone, so that a line of business associates its VPC once instead of once per zone.
 *
 * It is shared with RAM's own permission `AWSRAMPermissionRoute53ProfileAllowAssociation`, which RAM adds to a share for this
 * type: the others see the profile and associate their VPCs; they cannot put anything into it.
 *
 * The DNS firewalls are not in it: a VPC that loses the profile, for whatever reason, then resolves fewer names. With the
 * firewall in it, it would resolve all.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html
 */
export class ZoneProfile extends Construct {
  readonly id: string;

  constructor(
    scope: Construct,
    id: string,
    { provider, names, zoneArns, resourceShareArn }: ZoneProfileProps,
  ) {
    super(scope, id);
    const profile = new Route53ProfilesProfile(this, "Profile", { provider, name: names.of("zones") });
    for (const [service, resourceArn] of zoneArns) {
      new Route53ProfilesResourceAssociation(this, `Zone-${service}`, {
        provider,
        name: names.of(service),
        profileId: profile.id,
        resourceArn,
      });
    }
    new RamResourceAssociation(this, "Shared", { provider, resourceShareArn, resourceArn: profile.arn });
    this.id = profile.id;
  }
}
