import { ATTACHED_MUTATIONS } from "./attached-mutations";
import { DNS_MUTATIONS } from "./dns-mutations";
import type { Mutation } from "./mutation";
import { NETWORK_MUTATIONS } from "./network-mutations";
import { PERMISSION_MUTATIONS } from "./permission-mutations";
import { SETTING_MUTATIONS } from "./setting-mutations";
import { STRANGER_MUTATIONS } from "./stranger-mutations";

export { GROUP_MUTATIONS } from "./group-mutations";
export { DOMAIN_MUTATIONS } from "./domain-mutations";
export { FURTHER_MUTATIONS } from "./further-mutations";
export { PROFILE_MUTATIONS } from "./profile-mutations";
export { WORKFLOW_MUTATIONS } from "./workflow-mutations";

export const MUTATIONS: readonly Mutation[] = [
  ...NETWORK_MUTATIONS,
  ...DNS_MUTATIONS,
  ...PERMISSION_MUTATIONS,
  ...ATTACHED_MUTATIONS,
  ...SETTING_MUTATIONS,
  ...STRANGER_MUTATIONS,
];
