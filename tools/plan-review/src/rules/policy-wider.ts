import type { StackPlan } from "../model";
import { changedPolicySets, type PolicySet } from "../policies/policy-sets";
import { widening, type ComparedKind } from "../policy-change";
import { findingOf, some, stackFinding } from "./changes";
import { isExpectedGrowth } from "./expected-growth";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "policy-wider";

const KINDS: Readonly<Record<ComparedKind, string>> = {
  trust: "The trust policy",
  identity: "What the identity's policies allow",
  endpoint: "The endpoint's policy",
  gateway_endpoint: "The endpoint's policy",
  resource: "The resource's policy",
  boundary: "The permissions boundary",
};

const MOST_SHOWN = 6;

function unknownFinding({ unknown, about }: PolicySet): Finding {
  return findingOf(NAME, "warn", about, {
    message: "A policy is known only after the apply, so it cannot be decided whether it gets wider.",
    details: unknown.map(({ resource, attribute }) => `${resource.address}, ${attribute}`),
    remedy: "Read the change in the code, or apply what it depends on first.",
  });
}

function judged(set: PolicySet, context: RuleContext): readonly Finding[] {
  const { before, after, kind, about } = set;
  const { accountId } = about;
  const result = widening(before, after, kind, accountId === undefined ? {} : { account: accountId });
  if (result.outcome === "not-wider") return [];
  if (result.outcome === "undecided") {
    return [
      findingOf(NAME, "warn", about, {
        message: `${KINDS[kind]} changes, and it cannot be decided whether it gets wider.`,
        details: result.reasons,
        remedy: "Read the change statement by statement.",
      }),
    ];
  }
  const unexpected = result.grants.filter((grant) => !isExpectedGrowth(grant, set, context));
  if (unexpected.length === 0) {
    return [
      findingOf(NAME, "note", about, {
        message: `${KINDS[kind]} takes in an account of the config, as each line of business needs.`,
        details: some(
          result.grants.map(({ text }) => text),
          MOST_SHOWN,
        ),
      }),
    ];
  }
  const texts = unexpected.map(({ text }) => text);
  return [
    findingOf(NAME, "block", about, {
      message: `${KINDS[kind]} gets wider: what was refused is allowed.`,
      details: some(texts, MOST_SHOWN),
      remedy: "If it is meant, say so in an exception with the reason.",
    }),
  ];
}

/** On a first deploy everything is new: one note names the policies that were not compared. */
function newUnknown(plan: StackPlan, sets: readonly PolicySet[]): readonly Finding[] {
  const unknown = sets.filter(({ isNew }) => isNew).flatMap((set) => set.unknown);
  if (unknown.length === 0) return [];
  const addresses = [
    ...new Set(unknown.map(({ resource, attribute }) => `${resource.address}, ${attribute}`)),
  ];
  return [
    stackFinding(NAME, "note", plan, {
      message: `Policies of new resources that are known only after the apply, and were not judged: ${addresses.length}.`,
      details: some(addresses, MOST_SHOWN),
    }),
  ];
}

function check(plan: StackPlan, context: RuleContext): readonly Finding[] {
  const sets = changedPolicySets(plan);
  const old = sets.filter(({ isNew }) => !isNew);
  return [
    ...old.flatMap((set) => (set.unknown.length > 0 ? [unknownFinding(set)] : judged(set, context))),
    ...newUnknown(plan, sets),
  ];
}

/** Reports every permission that was not there before. */
export const policyWider: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Widens a trust, identity, endpoint or resource policy, a key's or a function's: by evaluating before and after, not by their text. Warns where that cannot be decided.",
  check: (context) => context.stacks.flatMap((plan) => check(plan, context)),
};
