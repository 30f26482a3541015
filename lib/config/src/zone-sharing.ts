import type { Config } from "./schema";

/** How the VPCs of the lines of business get the hub's zones. Both at once while one takes over from the other. */
export interface ZoneSharing {
  /** Each zone is associated with each VPC. */
  readonly byAssociation: boolean;
  /** One Route 53 Profile holds the zones, and each VPC is associated with it. */
  readonly byProfile: boolean;
}

export function zoneSharingOf({ network }: Pick<Config, "network">): ZoneSharing {
  const { zoneSharing = "associations" } = network;
  return { byAssociation: zoneSharing !== "profile", byProfile: zoneSharing !== "associations" };
}
