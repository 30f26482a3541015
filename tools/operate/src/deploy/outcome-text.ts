import type { Ended } from "./deploy-context";

/** In the order in which they are shown: the eye falls on the last lines. */
const SIGNS: Readonly<Record<Ended["outcome"], string>> = {
  applied: "✔",
  "no changes": "·",
  "not begun": "-",
  failed: "✖",
};

/** What became of each stack, a line or more for each. */
export function outcomeText(ended: readonly Ended[]): string {
  const width = Math.max(...ended.map(({ stack }) => stack.length));
  const order = Object.keys(SIGNS);
  return [...ended]
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
    .map((one) => {
      const reason = "reason" in one ? `: ${one.reason.replaceAll("\n", "\n    ")}` : "";
      return `${SIGNS[one.outcome]} ${one.stack.padEnd(width)}  ${one.outcome}${reason}`;
    })
    .join("\n");
}
