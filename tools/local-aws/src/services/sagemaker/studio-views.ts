import type { StudioInput } from "./studio-input";
import { optionalText } from "./studio-input";
import type { StudioResource } from "./studio-store";

/** The reply of a Describe operation. Times are seconds since the epoch. */
export function detail(resource: StudioResource): Record<string, unknown> {
  return {
    ...resource.fields,
    [`${resource.kind}Arn`]: resource.arn,
    DomainId: resource.domainId,
    Status: resource.status,
    CreationTime: resource.createdAt.getTime() / 1000,
    // An app is never modified.
    ...(resource.kind !== "App" && { LastModifiedTime: resource.updatedAt.getTime() / 1000 }),
  };
}

/** Fields of each resource in a list. */
const SUMMARY_FIELDS = {
  Domain: ["DomainArn", "DomainId", "DomainName", "Status", "CreationTime", "LastModifiedTime", "Url"],
  UserProfile: ["DomainId", "UserProfileName", "Status", "CreationTime", "LastModifiedTime"],
  Space: ["DomainId", "SpaceName", "Status", "CreationTime", "LastModifiedTime", "SpaceDisplayName"],
  App: ["DomainId", "UserProfileName", "SpaceName", "AppType", "AppName", "Status", "CreationTime"],
} as const;

/** What a list of spaces says of whose a space is, in members whose names end in Summary. */
const SPACE_SUMMARIES = ["OwnershipSettings", "SpaceSharingSettings"] as const;

export function summary(resource: StudioResource): Record<string, unknown> {
  const all = detail(resource);
  const summaries = resource.kind === "Space" ? SPACE_SUMMARIES : [];
  return Object.fromEntries([
    ...SUMMARY_FIELDS[resource.kind].map((name) => [name, all[name]] as const),
    ...summaries.map((name) => [`${name}Summary`, all[name]] as const),
  ]);
}

/** SageMaker's default page size, so that a caller which reads only one page misses the eleventh domain here as well. */
const DEFAULT_PAGE = 10;

export interface Page {
  readonly resources: StudioResource[];
  readonly nextToken: string | undefined;
}

/** One page of a list. The token is the number of the next resource. */
export function page(resources: readonly StudioResource[], input: StudioInput): Page {
  const start = Number(optionalText(input, "NextToken") ?? 0);
  const size = typeof input["MaxResults"] === "number" ? input["MaxResults"] : DEFAULT_PAGE;
  const end = start + size;
  return {
    resources: resources.slice(start, end),
    nextToken: end < resources.length ? String(end) : undefined,
  };
}
