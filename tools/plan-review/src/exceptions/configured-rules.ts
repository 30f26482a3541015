import { rulesWith } from "../rules";
import type { Finding, Rule, RuleContext } from "../rules/rule";
import type { Exception, ReviewSettings } from "./settings";

const NAME = "exceptions";

function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "s").test(text);
}

function covers({ rule, address, stack }: Exception, finding: Finding): boolean {
  return (
    rule === finding.rule && matches(stack ?? "*", finding.stack) && matches(address, finding.address ?? "")
  );
}

/** @param today `YYYY-MM-DD`; an exception still applies on its last day */
function isExpired({ until }: Exception, today: string): boolean {
  return until !== undefined && until < today;
}

/** An accepted finding is still shown, with the reason: whoever approves a plan approves its exceptions too. */
function excepted(finding: Finding, { reason, until }: Exception): Finding {
  const words = `excepted${until === undefined ? "" : ` until ${until}`}: ${reason}`;
  return { ...finding, severity: "note", details: [...(finding.details ?? []), words] };
}

function settled(rule: Rule, { severities, exceptions }: ReviewSettings, today: string): Rule {
  const severity = severities[rule.name];
  const valid = exceptions.filter((one) => !isExpired(one, today));
  return {
    ...rule,
    severity: severity === undefined || severity === "off" ? rule.severity : severity,
    check: (context) => {
      if (severity === "off") return [];
      return rule.check(context).map((found) => {
        const finding = severity === undefined ? found : { ...found, severity };
        const exception = valid.find((one) => covers(one, finding));
        return exception === undefined ? finding : excepted(finding, exception);
      });
    },
  };
}

function describe({ rule, address, until }: Exception): string {
  return `${rule} of ${address}${until === undefined ? "" : `, until ${until}`}`;
}

function leftOver(
  rules: readonly Rule[],
  exceptions: readonly Exception[],
  today: string,
  context: RuleContext,
): readonly Finding[] {
  const [first] = context.stacks;
  if (first === undefined) return [];
  const named = new Set(exceptions.map(({ rule }) => rule));
  const found = rules.filter(({ name }) => named.has(name)).flatMap((rule) => rule.check(context));
  return exceptions.flatMap((exception): readonly Finding[] => {
    const isUsed = found.some((finding) => covers(exception, finding));
    const expired = isExpired(exception, today);
    if (isUsed && !expired) return [];
    const message = expired
      ? `An exception has expired: ${describe(exception)}. It no longer applies.`
      : `An exception matches nothing here: ${describe(exception)}.`;
    const remedy = expired
      ? "Remove it, or remove what it accepts."
      : "Remove it once no open change needs it.";
    return [
      { rule: NAME, severity: "note", stack: first.stack, message, details: [exception.reason], remedy },
    ];
  });
}

/** Reports exceptions that have no effect. */
export function exceptionsRule(settings: ReviewSettings, today: string): Rule {
  const rules = rulesWith(settings.parameters);
  return {
    name: NAME,
    severity: "note",
    description: "Reports exceptions that match nothing, and those that have expired.",
    check: (context) => leftOver(rules, settings.exceptions, today, context),
  };
}

/**
 * The rules with the severities, parameters and exceptions of the settings.
 *
 * @param today `YYYY-MM-DD`
 */
export function rulesFor(settings: ReviewSettings, today: string): readonly Rule[] {
  const rules = rulesWith(settings.parameters).map((rule) => settled(rule, settings, today));
  return [...rules, exceptionsRule(settings, today)];
}
