import type { MonthlyCost } from "@studio-access/plan-review";
import { table, type Screen } from "@studio-access/terraform-cli/table";

/** The cost of each stack with what it is for, the total, and what is not counted. */
export function costReport({ lines, monthly, byUse, basis }: MonthlyCost, screen?: Screen): string {
  const stacks = [...new Set(lines.map(({ stack }) => stack))];
  const rows = stacks.map((stack) => {
    const own = lines.filter((line) => line.stack === stack);
    const sum = own.reduce((total, line) => total + line.monthly, 0);
    return [
      stack,
      Math.round(sum),
      own.map(({ what, monthly: cost }) => `${what}: ${cost.toFixed(2)}`).join("\n"),
    ];
  });
  return [
    table(["stack", "USD/month", "of which"], rows, screen),
    "",
    `About ${Math.round(monthly)} US dollars a month, used or not.`,
    `Charged by use besides, and not counted: ${byUse.join(", ")}.`,
    basis,
  ].join("\n");
}
