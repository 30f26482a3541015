import type { LobAccount } from "./account";
import type { Stacks } from "./stacks";
import type { DomainSurvey } from "./domain-survey";
import { waitUntil, type Waiting } from "./wait";

/** A domain that a teardown must not touch. */
export class ForeignDomain extends Error {
  constructor({ lob, domainId, status }: DomainSurvey) {
    super(
      `${lob}: Studio domain ${domainId} is ${status ?? "gone"}, but Terraform's state does not have it. Find out ` +
        "whose it is: import it into the state or delete it yourself, and run the teardown again.",
    );
    this.name = "ForeignDomain";
  }
}

export interface Removal {
  readonly stacks: Stacks;
  readonly account: LobAccount;
  readonly deleteLogs: boolean;
  readonly waiting: Waiting;
}

/**
 * Removes a domain and everything that SageMaker made for it, so that nothing blocks the deletion of its network. Each
 * step first reads what exists, so that the removal can be repeated at any point.
 */
export async function removeDomain(domain: DomainSurvey, removal: Removal): Promise<void> {
  const { stacks, account, waiting } = removal;
  const { lob, domainId, address, status, ownProfiles } = domain;
  if (status !== undefined && status !== "Deleting") {
    if (address === undefined) throw new ForeignDomain(domain);
    await account.studio.empty(domainId, ownProfiles, waiting);
  }
  if (address !== undefined) {
    waiting.report(`terraform destroy -target=${address}`);
    await stacks.destroyOne(lob, address);
  }
  await sweep(domain, removal);
}

/** Removes what a domain leaves behind, after the domain itself is deleted. */
async function sweep(domain: DomainSurvey, { account, deleteLogs, waiting }: Removal): Promise<void> {
  const { domainId, domainArn } = domain;
  const look = async (): Promise<string | undefined> => {
    const status = await account.studio.statusOf(domainId);
    if (status === undefined) return undefined;
    if (status !== "Deleting") throw new ForeignDomain({ ...domain, status });
    return `Studio domain ${domainId} is being deleted`;
  };
  await waitUntil(`deleting Studio domain ${domainId}`, 15, look, waiting);
  // The mount targets' network interfaces use a security group, so the groups are deleted last.
  for (const { id } of await account.fileSystems.of(domainArn)) await account.fileSystems.delete(id, waiting);
  await account.groups.delete(await account.groups.of(domainId), waiting);
  if (deleteLogs) await account.logs.delete(await account.logs.of(domainId));
}
