import { accountsOf } from "@studio-access/config";
import type { ResourceChange } from "../model";
import { findingOf, isUnknown, textOf, written } from "./changes";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "ram-principal";

/** Whether a share's principal is an account or an Organization of the config's. */
function isOurs(principal: string, { config }: RuleContext): boolean {
  if (accountsOf(config).some(({ id }) => id === principal)) return true;
  const { organizationId } = config;
  return organizationId !== null && new RegExp(`:(organization|ou)/${organizationId}(/|$)`).test(principal);
}

function principals(resource: ResourceChange, context: RuleContext): readonly Finding[] {
  if (isUnknown(resource, "principal")) {
    return [
      findingOf(NAME, "warn", resource, { message: "With whom it shares is known only after the apply." }),
    ];
  }
  const principal = textOf(resource.after, "principal") ?? "";
  if (isOurs(principal, context)) return [];
  return [
    findingOf(NAME, "block", resource, {
      message: `It would share with "${principal}", which is no account of the config.`,
      remedy: "Share with configured accounts, or with the configured Organization.",
    }),
  ];
}

function openShares(
  { before, after, ...resource }: ResourceChange,
  { config }: RuleContext,
): readonly Finding[] {
  const isOpen = after?.["allow_external_principals"] === true;
  const wasOpen = before?.["allow_external_principals"] === true;
  if (config.organizationId === null || !isOpen || wasOpen) return [];
  return [
    findingOf(NAME, "block", resource, {
      message: "The share would be open to accounts outside the Organization.",
      remedy: "Set allow_external_principals to false.",
    }),
  ];
}

/** Reports RAM shares with accounts outside the config. */
export const ramPrincipal: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Shares by RAM with an account or Organization that is not in the config, or opens a share to outsiders.",
  check: (context) =>
    written(context).flatMap((resource) => {
      if (resource.type === "aws_ram_principal_association") return principals(resource, context);
      return resource.type === "aws_ram_resource_share" ? openShares(resource, context) : [];
    }),
};
