import { DEFAULT_SETTINGS, rulesFor } from "../exceptions";
import { review } from "../review";
import { realPlan, realPlanNames } from "../testing/real-plan";
import { RULES } from "./index";
import type { Finding } from "./rule";

const findings = new Map(
  realPlanNames().map((name) => [
    name,
    review(realPlan(name), rulesFor(DEFAULT_SETTINGS, "2026-11-22")).findings,
  ]),
);

function findingsIn(name: string): readonly Finding[] {
  return findings.get(name)!;
}

/** The findings of the rules in plans that Terraform made of a deployment: `severity rule`, each once. */
function said(name: string): readonly string[] {
  return [...new Set(findingsIn(name).map(({ severity, rule }) => `${severity} ${rule}`))].sort();
}

describe("of all real plans", () => {
  const everything = realPlanNames().map(said);

  // The recorded deployment has no groups, so no plan of it brings one: the rule's own test makes such plans by hand.
  const recorded = RULES.filter(({ name }) => name !== "group-access");

  it.each(recorded.map(({ name, severity }) => [name, severity]))(
    "one makes %s report its highest severity: %s",
    (name, severity) => {
      expect(everything.flat()).toContain(`${severity} ${name}`);
    },
  );
});

describe("the rules, of real plans,", () => {
  it.each([
    ["no-change", []],
    ["user-added", ["note people"]],
    ["lob-removed", []],
    ["lob-added", ["note people", "note policy-wider"]],
    ["rights-to-give-rights", ["warn escalation"]],
    ["key-granted", ["block other-grant"]],
    ["access-key-made", ["block other-grant"]],
    ["method-opened", ["block api-door"]],
    ["authorizer-weakened", ["block api-door"]],
    ["api-made-public", ["block api-door"]],
    ["function-code-changed", ["note function-code"]],
    ["function-variable-changed", ["warn function-code"]],
    ["function-changed", []],
    ["key-rotation-off", ["warn protection-lowered"]],
    ["logs-shortened", ["warn protection-lowered"]],
    ["flow-log-destroyed", ["warn protection-lowered"]],
    ["sign-up-opened", ["warn protection-lowered"]],
    ["ten-destroys", ["block network-cut"]],
    ["eleven-destroys", ["block many-destroys", "block network-cut"]],
    ["wrong-role", ["block account-mismatch"]],
    ["action-widened", ["block policy-wider", "block presign-without-endpoint"]],
    ["foreign-state-read", ["block foreign-stack"]],
    ["administrator-attached", ["block managed-policy"]],
    ["condition-removed", ["block policy-wider"]],
    ["endpoint-policy-opened", ["block policy-wider"]],
    ["presign-condition-removed", ["block policy-wider", "block presign-without-endpoint"]],
    ["trust-foreign-account", ["block foreign-principal"]],
    ["trust-widened", ["block foreign-principal"]],
    ["ingress-opened", ["block open-to-world"]],
    ["internet-gateway-added", ["block open-to-world", "block spoke-to-spoke"]],
    ["route-opened", ["block network-cut", "block open-to-world"]],
    ["spoke-to-spoke", ["block spoke-to-spoke"]],
    ["share-outside", ["block ram-principal"]],
    ["table-destroyed", ["block data-loss"]],
    ["log-group-destroyed", ["block data-loss"]],
    ["user-removed", ["block data-loss", "note people"]],
    ["imported", ["warn adopted-or-left"]],
    ["moved", []],
  ])("say of %s: %p", (name, expected) => {
    expect(said(name)).toEqual(expected);
  });

  it.each([
    ["wrong-account", "block account-mismatch"],
    ["account-unchecked", "block account-mismatch"],
    ["wrong-region", "block account-mismatch"],
    ["other-provider", "block code-at-plan-time"],
    ["key-destroyed", "block data-loss"],
    ["domain-destroyed", "block data-loss"],
    ["user-pool-destroyed", "block data-loss"],
    ["zone-destroyed", "block network-cut"],
    ["endpoint-destroyed", "block network-cut"],
    ["attachment-destroyed", "block network-cut"],
    ["many-destroys", "block many-destroys"],
    ["many-destroys", "block network-cut"],
    ["cidr-changed", "block network-cut"],
    ["cidr-changed", "warn policy-wider"],
    ["lob-and-hub", "block data-loss"],
  ])("say of %s, among others: %s", (name, expected) => {
    expect(said(name)).toContain(expected);
  });

  const ROLE = "arn:aws:iam::222222222222:role";
  it.each([
    ["wrong-role", `it assumes ${ROLE}/somebody-else, and the config says ${ROLE}/studio-access-deploy`],
    ["wrong-region", "it works in eu-central-1, and the config says eu-west-1"],
    ["method-opened", "authorization is NONE: the method would run without the authorizer"],
    ["authorizer-weakened", "its identity_source changes"],
    ["authorizer-weakened", "an answer stays valid for 3600 seconds instead of 60"],
    ["function-variable-changed", "the variable JWKS_URI"],
    ["sign-up-opened", "admin_create_user_config.0.allow_admin_create_user_only: true becomes false"],
    ["sign-up-opened", 'mfa_configuration: "OPTIONAL" becomes "OFF"'],
  ])("say of %s why: %s", (name, detail) => {
    expect(findingsIn(name).flatMap(({ details }) => details ?? [])).toContain(detail);
  });
});
