import { runSteps, type Step, type StepOptions } from "@studio-access/terraform-cli/steps";

import { removeDomain } from "./domain-removal";
import type { DomainSurvey } from "./domain-survey";
import { leftovers } from "./leftovers";
import { counted } from "./summary";
import { surveyDomain, surveyStack, type StackSurvey } from "./survey";
import type { TeardownContext } from "./teardown-context";

/** Lines of business removed at the same time; each takes a Terraform process. */
const AT_ONCE = 4;

/** Reads what exists of these stacks; changes nothing. */
export async function survey(stacks: readonly string[], context: TeardownContext): Promise<StackSurvey[]> {
  const journal = await context.journal.read();
  const lobs = new Set(context.lobs.map(({ name }) => name));
  const found = new Map<string, StackSurvey>();
  const steps = stacks.map((stack) => ({
    title: `Read what exists: ${stack}`,
    run: async () => {
      found.set(stack, await surveyStack(stack, { ...context, lobs, journal }));
    },
  }));
  await runSteps(steps, stepOptions(context));
  return stacks.flatMap((stack) => found.get(stack) ?? []);
}

/** Removes stacks; no stack that stays may depend on them. */
export async function remove(
  going: readonly StackSurvey[],
  deleteLogs: boolean,
  context: TeardownContext,
): Promise<void> {
  const domains = going.flatMap((stack) => stack.domains);
  // Before the first deletion, since Terraform's state loses a domain's id together with the domain.
  await context.journal.add(domains.map(({ lob, domainId, domainArn }) => ({ lob, domainId, domainArn })));
  await runSteps(
    domains.map((domain) => domainStep(domain, deleteLogs, context)),
    stepOptions(context),
  );
  if (going.every(({ resources }) => resources.length === 0)) return;
  const names = going.map(({ stack }) => stack);
  const destroy: Step = {
    title: `cdktf destroy ${names.toReversed().join(" ")}`,
    run: ({ report }) => context.stacks.destroy(names, report),
  };
  await runSteps([destroy], stepOptions(context));
}

/** A failure in one line of business does not stop the others. */
function stepOptions({ silent = false }: TeardownContext): StepOptions {
  return { atOnce: AT_ONCE, goOn: true, silent };
}

function domainStep(domain: DomainSurvey, deleteLogs: boolean, context: TeardownContext): Step {
  const { stacks, clock, signal } = context;
  return {
    title: `${domain.lob}: Studio domain ${domain.domainId}, and what SageMaker made for it`,
    run: async ({ report }) =>
      removeDomain(domain, {
        stacks,
        account: await context.openLob(domain.lob),
        deleteLogs,
        waiting: { clock, report, ...(signal === undefined ? {} : { signal }) },
      }),
  };
}

/**
 * Reads once more what exists, and removes the deleted domains from the journal.
 *
 * @returns what still exists, line by line
 */
export async function takeInventory(
  gone: readonly StackSurvey[],
  deleteLogs: boolean,
  context: TeardownContext,
): Promise<string[]> {
  const left: string[] = [];
  for (const { stack, domains } of gone) {
    const resources = await context.stacks.resources(stack);
    const now: DomainSurvey[] = [];
    for (const domain of domains) {
      now.push(await surveyDomain({ ...domain, address: undefined }, await context.openLob(stack)));
    }
    const logs = deleteLogs ? 0 : now.flatMap((domain) => domain.logs).length;
    if (logs > 0)
      context.print(
        `${stack}: kept ${counted(logs, "log stream")} of Studio's apps (--delete-logs deletes them).`,
      );
    const lines = leftovers({ stack, resources, domains: now }, deleteLogs);
    if (lines.length === 0) await context.journal.drop(domains.map(({ domainId }) => domainId));
    left.push(...lines);
  }
  return left;
}
