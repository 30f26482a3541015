import { wrapped } from "@studio-access/terraform-cli/table";

const WIDTH = 80;

/** A step after an edit: why, and the line to type if there is one. */
export type NextStep = readonly [why: string, line?: string];

/** Steps to take in this order, as numbered paragraphs of 80 columns; a line to type is never broken. */
export function nextSteps(steps: readonly NextStep[]): string {
  return steps
    .map(([why, line], index) => {
      const number = steps.length === 1 ? "" : `${index + 1}. `;
      const text = wrapped(why, WIDTH - number.length).replaceAll("\n", `\n${" ".repeat(number.length)}`);
      return `${number}${text}${line === undefined ? "" : `\n${" ".repeat(number.length + 2)}${line}`}`;
    })
    .join("\n");
}
