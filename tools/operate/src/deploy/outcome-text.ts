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
  const how = recoveryText(ended);
  return `${lines}\n\n${how}When the cause is mended: ./studio deploy ${left.map(({ stack }) => stack).join(" ")}`;
}

/** What services say of a resource that exists already, each in its own words. */
const IS_THERE = /already|exists|duplicate|conflict|ResourceInUse|ConditionalCheckFailed/i;

/** What Terraform says where it, or its provider, ended while resources were being created. */
const CUT_OFF = /was killed by|Plugin did not respond|Failed to (?:persist|save) state/;

/** Says where `./studio recover` may be what mends the cause; empty where it cannot be. */
function recoveryText(ended: readonly Ended[]): string {
  const failedWith = (cause: RegExp): string =>
    ended.flatMap((one) => (one.outcome === "failed" && cause.test(one.reason) ? one.stack : [])).join(" ");
  const locked = failedWith(/Error acquiring the state lock/);
  const left = failedWith(new RegExp(`${IS_THERE.source}|${CUT_OFF.source}`, "i"));
  return [
    locked === ""
      ? ""
      : `The state is locked. When the deploy that holds the lock has ended: ./studio recover ${locked} --release-lock\n`,
    left === ""
      ? ""
      : `If a deploy was cut off, this one or one before it: ./studio recover ${left} adopts what it left.\n`,
  ].join("");
}
