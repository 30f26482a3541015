import { changesOf, some } from "./changes";
import type { Rule } from "./rule";
import { namesStay } from "./zone-ways";

const NAME = "many-destroys";

export interface ManyDestroysParameters {
  /** How many resources of one stack one apply may delete or replace. */
  readonly atMost: number;
}

/** Reports more deletions than a reviewer reads. */
export function manyDestroys({ atMost }: ManyDestroysParameters): Rule {
  return {
    name: NAME,
    severity: "block",
    description: `Deletes or replaces more than atMost resources of one stack (default ${atMost}).`,
    check: (context) =>
      context.stacks.flatMap((plan) => {
        const gone = changesOf({ ...context, stacks: [plan] }, "delete", "replace").filter(
          (resource) => !namesStay(resource, plan),
        );
        if (gone.length <= atMost) return [];
        return [
          {
            rule: NAME,
            severity: "block",
            stack: plan.stack,
            message: `${gone.length} resources would be deleted or replaced, more than ${atMost}.`,
            details: some(
              gone.map(({ kind, address }) => `${kind} ${address}`),
              8,
            ),
            remedy:
              "Check that the construct ids and the config's names are still the ones that are deployed.",
          },
        ];
      }),
  };
}
