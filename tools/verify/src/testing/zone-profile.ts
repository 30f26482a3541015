import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";

import { sampleConfig } from "./sample";

const SHARED = "111111111111";
const PROFILE = "rp-0123456789abcdef";
const PROFILE_ARN = `arn:aws:route53profiles:eu-west-1:${SHARED}:profile/${PROFILE}`;
const COMPLETE = { status: "COMPLETE", status_message: "Created Successfully" };

/** The sample's config with the zones shared by a Route 53 Profile. */
export const profileConfig: Config = {
  ...sampleConfig,
  network: { ...sampleConfig.network, zoneSharing: "profile" },
};

/** The sample's state with that profile in place of the lines of business's associations, as the provider writes it. */
export function withProfile(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  const isLob = (stack: string): boolean => stack.startsWith("lob-");
  const kept = state.filter(
    ({ stack, type }) =>
      !(isLob(stack) && /^aws_route53_(?:zone_association|vpc_association_authorization)$/.test(type)),
  );
  const zones = state.filter(({ stack, type }) => stack === "networking" && type === "aws_route53_zone");
  const share = state.find(({ type }) => type === "aws_ram_resource_association");
  const vpcs = state.filter(({ stack, type }) => isLob(stack) && type === "aws_vpc");
  return [
    ...kept,
    resource("networking", "aws_route53profiles_profile", "ZoneProfile_Profile", {
      ...{ id: PROFILE, arn: PROFILE_ARN, name: "studio-access-local-zones", owner_id: SHARED },
      ...{ share_status: "SHARED_BY_ME", ...COMPLETE },
    }),
    ...zones.map(({ address, values }) => {
      const service = /Zone-([a-z-]+)_/.exec(address)?.[1] ?? "";
      const id = `rpr-${String(values["zone_id"])}`;
      return resource(
        "networking",
        "aws_route53profiles_resource_association",
        `ZoneProfile_Zone-${service}`,
        {
          ...{ id, name: `studio-access-local-${service}`, owner_id: SHARED, profile_id: PROFILE },
          ...{ resource_arn: values["arn"], resource_type: "HOSTED_ZONE", ...COMPLETE },
        },
      );
    }),
    resource("networking", "aws_ram_resource_association", "ZoneProfile_Shared", {
      ...share?.values,
      id: `${String(share?.values["resource_share_arn"])},${PROFILE_ARN}`,
      resource_arn: PROFILE_ARN,
    }),
    ...vpcs.map(({ stack, values }) => {
      const id = `rpassoc-${stack}`;
      return resource(stack, "aws_route53profiles_association", "HubHandshake_ZoneProfile", {
        ...{
          id,
          arn: `arn:aws:route53profiles:eu-west-1:${String(values["owner_id"])}:profile-association/${id}`,
        },
        ...{ name: `studio-access-local-${stack}`, owner_id: values["owner_id"], profile_id: PROFILE },
        ...{ resource_id: values["id"], ...COMPLETE },
      });
    }),
  ];
}

function resource(
  stack: string,
  type: string,
  id: string,
  values: ResourceInstance["values"],
): ResourceInstance {
  return { stack, address: `${type}.${id}_00000000`, mode: "managed", type, values };
}
