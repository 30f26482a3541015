import type { Ended } from "./deploy-context";

/** In the order in which they are shown: the eye falls on the last lines. */
const SIGNS: Readonly<Record<Ended["outcome"], string>> = {
  applied: "✔",
  "no changes": "·",
  "not begun": "-",
  failed: "✖",
};

/** What became of each stack, a line or more for each; and how to go on after a failure. */
export function outcomeText(ended: readonly Ended[]): string {
  const width = Math.max(...ended.map(({ stack }) => stack.length));
  const order = Object.keys(SIGNS);
  const lines = [...ended]
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
    .map((one) => {
      const reason = "reason" in one ? `: ${one.reason.replaceAll("\n", "\n    ")}` : "";
      return `${SIGNS[one.outcome]} ${one.stack.padEnd(width)}  ${one.outcome}${reason}`;
    })
    .join("\n");
  if (ended.every(({ outcome }) => outcome !== "failed")) return lines;
  // In the order of the deploy. The stacks that are applied need not be deployed again.
  const left = ended.filter(({ outcome }) => outcome === "failed" || outcome === "not begun");
  return `${lines}\n\nWhen the cause is mended: ./studio deploy ${left.map(({ stack }) => stack).join(" ")}`;
}
