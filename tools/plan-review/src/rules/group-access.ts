import type { ResourceChange } from "../model";
import { stackFinding, written } from "./changes";
import { isGroupRow, rowOf } from "./directory-rows";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "group-access";

/** `studio-a enters lob-a`, where that was not so before. */
function grantOf(resource: ResourceChange): string | undefined {
  const row = rowOf(resource, resource.after);
  if (row?.["LOB"] === undefined || !isGroupRow(resource)) return undefined;
  const before = resource.kind === "create" ? undefined : rowOf(resource, resource.before);
  const isSame = before?.["PK"] === row["PK"] && before?.["LOB"] === row["LOB"];
  return isSame ? undefined : `${row["PK"] ?? ""} enters ${row["LOB"]}`;
}

function check(context: RuleContext): readonly Finding[] {
  return context.stacks.flatMap((plan) => {
    const grants = written({ ...context, stacks: [plan] }).flatMap((resource) => grantOf(resource) ?? []);
    if (grants.length === 0) return [];
    return [
      stackFinding(NAME, "warn", plan, {
        message: "Whoever is in these groups of the identity provider is let in, now and later.",
        details: grants,
        remedy: "Check who is in each group, and who may put people into it.",
      }),
    ];
  });
}

/** Reports groups that newly lead into a line of business: no plan shows the people behind them. */
export const groupAccess: Rule = {
  name: NAME,
  severity: "warn",
  description:
    "Lets the people of a group of the identity provider into a line of business, who are in no config: a new group, or one that moves.",
  check,
};
