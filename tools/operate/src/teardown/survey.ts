import type { LobAccount } from "./account";
import type { DomainSurvey } from "./domain-survey";
import type { DomainRecord } from "./journal";
import { type Protection, protectedData, protectedDomains } from "./protections";
import { ofType, type StateResource, type Stacks } from "./stacks";
import type { DomainContent } from "./studio";

/** What exists of one stack. */
export interface StackSurvey {
  readonly stack: string;
  /** In Terraform's state. */
  readonly resources: readonly StateResource[];
  readonly domains: readonly DomainSurvey[];
  readonly protections: readonly Protection[];
}

/** Inputs of a survey. */
export interface Surroundings {
  readonly stacks: Stacks;
  /** Whether the config keeps the users' data: `dataRetention` is `retain`. */
  readonly retain: boolean;
  /** Stacks of lines of business. */
  readonly lobs: ReadonlySet<string>;
  openLob(name: string): Promise<LobAccount>;
  /** Domains that earlier runs began to remove. */
  readonly journal: readonly DomainRecord[];
}

const NOTHING: DomainContent = { apps: [], spaces: [], profiles: [] };

/** Reads what exists of one stack; changes nothing. */
export async function surveyStack(stack: string, around: Surroundings): Promise<StackSurvey> {
  const { stacks, retain } = around;
  const resources = await stacks.resources(stack);
  const domains = around.lobs.has(stack) ? await surveyDomains(stack, resources, around) : [];
  const protections = [
    ...protectedData(stack, resources, retain),
    ...(retain ? protectedDomains(stack, domains) : []),
  ];
  return { stack, resources, domains, protections };
}

async function surveyDomains(
  lob: string,
  resources: readonly StateResource[],
  around: Surroundings,
): Promise<DomainSurvey[]> {
  const inState = readState(lob, resources);
  const begun = around.journal.filter((record) => record.lob === lob);
  // The account of a line of business that was never deployed may not be accessible yet, so it is not called.
  if (inState.domains.length + inState.vpcIds.length + begun.length === 0) return [];
  const account = await around.openLob(lob);
  // After a destroy without a teardown, only the security groups that SageMaker left in the stack's VPC name the domain.
  const leftBehind = await Promise.all(inState.vpcIds.map((vpcId) => account.groups.ownersIn(vpcId)));
  const found = new Map<string, DomainRecord & Partial<InState>>();
  for (const owner of leftBehind.flat()) found.set(owner.domainId, { lob, ...owner });
  for (const record of [...begun, ...inState.domains]) found.set(record.domainId, record);
  return Promise.all([...found.values()].map(async (record) => surveyDomain(record, account)));
}

/** The part of a domain that comes from Terraform's state. */
type InState = Pick<DomainSurvey, "address" | "ownProfiles">;

/** Reads what exists of one domain. */
export async function surveyDomain(
  record: DomainRecord & Partial<InState>,
  account: LobAccount,
): Promise<DomainSurvey> {
  const { lob, domainId, domainArn, address, ownProfiles = [] } = record;
  const [status, fileSystems, groups, logs] = await Promise.all([
    account.studio.statusOf(domainId),
    account.fileSystems.of(domainArn),
    account.groups.of(domainId),
    account.logs.of(domainId),
  ]);
  const content = status === undefined ? NOTHING : await account.studio.contentOf(domainId);
  return { lob, domainId, domainArn, address, ownProfiles, status, content, fileSystems, groups, logs };
}

interface LobState {
  readonly domains: readonly (DomainRecord & InState)[];
  readonly vpcIds: readonly string[];
}

/** The domains and VPCs of a line of business in Terraform's state. */
function readState(lob: string, resources: readonly StateResource[]): LobState {
  const ownProfiles = ofType(resources, "aws_sagemaker_user_profile").map((profile) =>
    needed(profile, "user_profile_name", lob),
  );
  const domains = ofType(resources, "aws_sagemaker_domain").map((resource) => ({
    lob,
    domainId: needed(resource, "id", lob),
    domainArn: needed(resource, "arn", lob),
    address: resource.address,
    ownProfiles,
  }));
  return { domains, vpcIds: ofType(resources, "aws_vpc").map((resource) => needed(resource, "id", lob)) };
}

function needed({ address, attributes }: StateResource, name: string, lob: string): string {
  const value = attributes[name];
  if (value === undefined)
    throw new Error(`Terraform's state of ${lob} does not say the ${name} of ${address}`);
  return value;
}
