import { DEFAULT_SETTINGS, rulesFor } from "../exceptions";
import { review } from "../review";
import { realPlan } from "../testing/real-plan";

/** What the rules say of plans that Terraform made of a deployment: `severity rule`, each once. */
function said(name: string): readonly string[] {
  const { findings } = review(realPlan(name), rulesFor(DEFAULT_SETTINGS, "2026-11-22"));
  return [...new Set(findings.map(({ severity, rule }) => `${severity} ${rule}`))].sort();
}

describe("the rules, of real plans,", () => {
  it.each([
    ["no-change", []],
    ["user-added", ["note people"]],
    ["lob-removed", []],
    ["lob-added", ["note people", "note policy-wider"]],
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
});
