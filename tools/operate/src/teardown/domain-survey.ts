import type { HomeFileSystem } from "./home-file-systems";
import type { DomainRecord } from "./journal";
import type { NfsGroup } from "./nfs-groups";
import type { DomainContent } from "./studio";
import type { StudioLog } from "./studio-logs";

/** A Studio domain of a line of business, or the remains of one. */
export interface DomainSurvey extends DomainRecord {
  /** Address of its resource; undefined when Terraform's state does not have it. */
  readonly address: string | undefined;
  /** Names of the profiles that Terraform deletes together with it. */
  readonly ownProfiles: readonly string[];
  /** SageMaker's status of the domain; undefined once it is deleted. */
  readonly status: string | undefined;
  readonly content: DomainContent;
  readonly fileSystems: readonly HomeFileSystem[];
  readonly groups: readonly NfsGroup[];
  readonly logs: readonly StudioLog[];
}
