import type { LobAccount } from "./account";
import type { HomeFileSystem } from "./home-file-systems";
import type { DomainRecord } from "./journal";
import type { NfsGroup } from "./nfs-groups";
import { type Protection, protectedData, protectedDomains } from "./protections";
import { ofType, type Stacks } from "./stacks";
import type { DomainContent } from "./studio";
import type { StudioLog } from "./studio-logs";

/** A Studio domain of a line of business, or what is left of one. */
export interface DomainSurvey extends DomainRecord {
  /** Its resource, as long as Terraform's state has it. */
  readonly address: string | undefined;
  /** SageMaker's status of it; undefined once it is gone. */
  readonly status: string | undefined;
  readonly content: DomainContent;
  readonly fileSystems: readonly HomeFileSystem[];
  readonly groups: readonly NfsGroup[];
  readonly logs: readonly StudioLog[];
}

/** What is there of one stack. */
export interface StackSurvey {
  readonly stack: string;
  /** Resources in Terraform's state. */
  readonly addresses: readonly string[];
  readonly domains: readonly DomainSurvey[];
  readonly protections: readonly Protection[];
}

/** Where a survey looks. */
export interface Surroundings {
  readonly stacks: Stacks;
  /** Whether the config keeps the users' data: `dataRetention` is `retain`. */
  readonly retain: boolean;
  /** Stacks of lines of business. */
  readonly lobs: ReadonlySet<string>;
  openLob(name: string): Promise<LobAccount>;
  /** What earlier runs have begun. */
  readonly journal: readonly DomainRecord[];
}

const NOTHING: DomainContent = { apps: [], spaces: [], profiles: [] };

/** Looks at what is there of one stack; changes nothing. */
export async function surveyStack(stack: string, around: Surroundings): Promise<StackSurvey> {
  const { stacks, retain } = around;
  const addresses = await stacks.addresses(stack);
  const domains = around.lobs.has(stack) ? await surveyDomains(stack, addresses, around) : [];
  const protections = [
    ...(await protectedData(stack, addresses, { stacks, retain })),
    ...(retain ? protectedDomains(stack, domains) : []),
  ];
  return { stack, addresses, domains, protections };
}

async function surveyDomains(
  lob: string,
  addresses: readonly string[],
  around: Surroundings,
): Promise<DomainSurvey[]> {
  const inState = await readState(lob, addresses, around.stacks);
  const begun = around.journal.filter((record) => record.lob === lob);
  // A line of business that was never deployed: its account may not even be reachable yet.
  if (inState.vpcIds.length + begun.length === 0) return [];
  const account = await around.openLob(lob);
  // After a destroy without a teardown, only what SageMaker left in the stack's own VPC still names the domain.
  const leftBehind = await Promise.all(inState.vpcIds.map((vpcId) => account.groups.ownersIn(vpcId)));
  const found = new Map<string, DomainRecord & { readonly address?: string }>();
  for (const owner of leftBehind.flat()) found.set(owner.domainId, { lob, ...owner });
  for (const record of [...begun, ...inState.domains]) found.set(record.domainId, record);
  return Promise.all([...found.values()].map(async (record) => surveyDomain(record, account)));
}

/** What is there of one domain now. */
export async function surveyDomain(
  record: DomainRecord & { readonly address?: string | undefined },
  account: LobAccount,
): Promise<DomainSurvey> {
  const { lob, domainId, domainArn, address } = record;
  const [status, fileSystems, groups, logs] = await Promise.all([
    account.studio.statusOf(domainId),
    account.fileSystems.of(domainArn),
    account.groups.of(domainId),
    account.logs.of(domainId),
  ]);
  const content = status === undefined ? NOTHING : await account.studio.contentOf(domainId);
  return { lob, domainId, domainArn, address, status, content, fileSystems, groups, logs };
}

interface LobState {
  readonly domains: readonly (DomainRecord & { readonly address: string })[];
  readonly vpcIds: readonly string[];
}

/** The domain and the VPC of a line of business, as Terraform's state has them. */
async function readState(lob: string, addresses: readonly string[], stacks: Stacks): Promise<LobState> {
  const domains: (DomainRecord & { readonly address: string })[] = [];
  const vpcIds = new Set<string>();
  for (const address of ofType(addresses, "aws_sagemaker_domain")) {
    const attributes = await stacks.attributes(lob, address);
    const domainId = needed(attributes, "id", lob, address);
    domains.push({ lob, domainId, domainArn: needed(attributes, "arn", lob, address), address });
    vpcIds.add(needed(attributes, "vpc_id", lob, address));
  }
  if (vpcIds.size === 0) {
    for (const address of ofType(addresses, "aws_vpc")) {
      vpcIds.add(needed(await stacks.attributes(lob, address), "id", lob, address));
    }
  }
  return { domains, vpcIds: [...vpcIds] };
}

function needed(attributes: ReadonlyMap<string, string>, name: string, lob: string, address: string): string {
  const value = attributes.get(name);
  if (value === undefined)
    throw new Error(`Terraform's state of ${lob} does not say the ${name} of ${address}`);
  return value;
}
