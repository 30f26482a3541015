import type { ResourceChange } from "../model";
import { findingOf } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "adopted-or-left";

function check(resource: ResourceChange): readonly Finding[] {
  if (resource.importedId !== undefined) {
    return [
      findingOf(NAME, "warn", resource, {
        message:
          "It would be imported: something made elsewhere comes under this stack, and the plan shows only what changes of it.",
        details: resource.importedId === "" ? [] : [`id ${resource.importedId}`],
      }),
    ];
  }
  if (resource.kind !== "forget") return [];
  return [
    findingOf(NAME, "warn", resource, {
      message: "It would leave the state and stay in AWS, where nobody looks after it any more.",
    }),
  ];
}

/** Reports resources that enter or leave the state without being created or deleted. */
export const adoptedOrLeft: Rule = {
  name: NAME,
  severity: "warn",
  description:
    "Takes something into the state that was made elsewhere, or leaves something in AWS without a state.",
  check: ({ stacks }) => stacks.flatMap(({ resources }) => resources.flatMap(check)),
};
