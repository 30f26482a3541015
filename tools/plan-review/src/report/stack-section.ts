import type { OutputChange, StackPlan } from "../model";
import { readableName } from "../model/secrets";
import { attributeLines } from "./attribute-lines";
import { byWeight, changePart, isShown } from "./change-parts";
import { countsText } from "./counts-text";
import type { Part } from "./fitting";
import { diff, folded, markdown, paragraph, text } from "./markdown-text";
import type { Mask } from "./masking";
import type { Counts } from "../review";

/** One stack's changes: a part for each, and how they are put together. */
export interface StackSection {
  readonly parts: readonly Part[];
  readonly assemble: (texts: readonly string[]) => string;
}

const OUTPUTS_GO = 11;

/** @param found addresses that findings name */
export function stackSection(
  plan: StackPlan,
  counts: Counts,
  mask: Mask,
  found: ReadonlySet<string>,
): StackSection {
  const changed = plan.resources.filter(isShown).sort(byWeight);
  const outputs = outputLines(plan.outputs, mask);
  const parts = [
    ...changed.map((change) => changePart(change, mask, found.has(change.address))),
    ...(outputs.length === 0
      ? []
      : [{ forms: [() => `Outputs:\n\n${markdown(diff(outputs))}`, ""], stages: [OUTPUTS_GO] }]),
  ];
  return {
    parts,
    assemble: (texts) => {
      const shown = texts.filter((each) => each !== "");
      const left = texts.slice(0, changed.length).filter((each) => each === "").length;
      const more =
        left === 0
          ? []
          : [markdown(paragraph(text(`${left} more changes of this stack are left out here.`)))];
      return folded(`${mask(plan.stack)}: ${countsText(counts)}`, [...shown, ...more].join("\n\n"));
    },
  };
}

/** Outputs that cdktf generates for other stacks are shown by name alone: their values repeat those of resources. */
function outputLines(outputs: readonly OutputChange[], mask: Mask): readonly string[] {
  return outputs
    .filter(({ kind }) => kind !== "no-op")
    .flatMap((output) => {
      const { name } = output;
      if (name.startsWith("cross-stack-output-")) {
        const sign = output.kind === "create" ? "+" : output.kind === "delete" ? "-" : "!";
        return [`${sign} for other stacks: ${mask(readableName(name))}`];
      }
      return attributeLines(
        {
          ...output,
          before: { [name]: output.before },
          after: { [name]: output.after },
          afterUnknown: { [name]: output.afterUnknown },
          beforeSensitive: { [name]: output.beforeSensitive },
          afterSensitive: { [name]: output.afterSensitive },
        },
        mask,
      );
    });
}
