import { accountsOf } from "@studio-access/config";
import { attachedPolicies } from "../policies/attached-policies";
import type { AttachedPolicy } from "../policies/attached-policy";
import { plainStatements, type NamedDocument } from "../policy-change";
import { findingOf } from "./changes";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "foreign-principal";

function accountIn(principal: string): string | undefined {
  return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];
}

/** Principals of the Allow statements that are outside the config's accounts, each with the reason. */
function strangers(
  policy: NamedDocument | undefined,
  kind: AttachedPolicy["kind"],
  ours: readonly string[],
): readonly string[] {
  const statements = plainStatements(policy?.document) ?? [];
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ label, fields }) => {
      const tied = Object.keys(fields).some((field) => field.startsWith("Condition "));
      const aws = [...(fields["Principal AWS"] ?? []), ...(fields["Principal"] ?? [])];
      const federated = fields["Principal Federated"] ?? [];
      const isStrange = (name: string): boolean => {
        if (name === "*") return kind === "trust" || !tied;
        const account = accountIn(name);
        return account !== undefined && !ours.includes(account);
      };
      const foreign = federated.filter((name) => isStrange(name) || accountIn(name) === undefined);
      return [...aws.filter(isStrange), ...foreign].map(
        (name) => `${label} names ${name === "*" ? "everybody" : name}`,
      );
    });
}

function check(policy: AttachedPolicy, { config }: RuleContext): readonly Finding[] {
  const { resource, kind, before, after } = policy;
  if (resource.kind === "no-op" || policy.isUnknown || !["trust", "resource"].includes(kind)) return [];
  const ours = accountsOf(config).map(({ id }) => id);
  const old = strangers(before, kind, ours);
  const found = strangers(after, kind, ours).filter((text) => !old.includes(text));
  if (found.length === 0) return [];
  return [
    findingOf(NAME, "block", resource, {
      message:
        "A policy names somebody who is no account of the config. Even where a condition keeps them out today, only that condition does.",
      details: found,
    }),
  ];
}

/** Reports Principal elements that name somebody outside the config's accounts. */
export const foreignPrincipal: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Names an account outside the config, an outside identity provider, or everybody in a trust or a resource's policy, in a new one as well, whatever its conditions say.",
  check: (context) =>
    context.stacks.flatMap((plan) => attachedPolicies(plan).flatMap((policy) => check(policy, context))),
};
