import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

import type { DriftedResource, Remedy } from "./assessment";
import { CONTAINERS, text, type Container } from "./containers";
import { resourcesThere } from "./resources-there";

/**
 * What somebody added by hand to a resource of the stacks: a rule, a route or a policy. No plan shows it.
 *
 * @param plans the plans of **every** stack, since a stack may add to a resource that another stack owns
 * @returns the changed resources by stack; a stack without additions has no entry
 */
export function additions(plans: ReadonlyMap<string, PlanJson>): ReadonlyMap<string, DriftedResource[]> {
  const all = [...plans].flatMap(([stack, plan]) =>
    resourcesThere(plan).map((resource) => ({ stack, resource })),
  );
  const made = new Set(all.flatMap(({ resource }) => partsIn(resource)));
  const found = new Map<string, DriftedResource[]>();
  for (const { stack, resource } of all) {
    const added = addedTo(resource, made);
    if (added !== undefined) found.set(stack, [...(found.get(stack) ?? []), added]);
  }
  return found;
}

function partsIn({ type, values = {} }: StateResourceJson): string[] {
  return CONTAINERS.filter(({ part }) => part.type === type).map((container) =>
    place(container, text(values[container.part.of]), container.part.entry(values)),
  );
}

function addedTo(
  { address, type, values = {} }: StateResourceJson,
  made: ReadonlySet<string>,
): DriftedResource | undefined {
  const added = CONTAINERS.filter((container) => container.type === type).flatMap((container) =>
    container
      .entries(values)
      .filter((entry) => entry !== "" && !made.has(place(container, text(values[container.identity]), entry)))
      .map((entry) => ({ container, entry })),
  );
  if (added.length === 0) return undefined;
  return {
    address,
    kind: "added to",
    attributes: added.map(({ container: { attribute }, entry }) => ({
      attribute,
      sensitive: false,
      before: null,
      after: entry,
    })),
    remedies: added.map(({ container, entry }) =>
      remedyOf(container, text(values[container.identity]), entry),
    ),
  };
}

function place({ attribute }: Container, identity: string, entry: string): string {
  return JSON.stringify([attribute, identity, entry]);
}

function remedyOf(
  { attribute, part, removal, importId }: Container,
  identity: string,
  entry: string,
): Remedy {
  return {
    what: `${attribute} ${entry}`,
    undo: removal(identity, entry),
    keep: { type: part.type, ...importId(identity, entry) },
  };
}
