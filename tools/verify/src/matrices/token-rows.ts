import type { Config } from "@studio-access/config";
import { comparisonsOf, namedPrincipals } from "@studio-access/policy/questions";
import { askedTokens, githubProviderArn, workflowToken, type WorkflowToken } from "../expect/workflows";
import type { Model } from "../model/model";
import { statementsIn } from "./statements";

/** The holder of a token of an identity provider. */
export type TokenRow =
  | { readonly id: string; readonly kind: "token"; readonly token: WorkflowToken }
  /** Anyone with a token of an identity provider that the config does not call for. */
  | { readonly id: string; readonly kind: "provider"; readonly provider: string };

/** The workflows' tokens, others that a trust policy names, and other identity providers that one names. */
export function tokenRows({ roles }: Model, config: Config): readonly TokenRow[] {
  const hasWorkflows = (config.ci ?? null) !== null;
  const unexpected = roles.flatMap((role) =>
    namedPrincipals(statementsIn(role.trust.json), role.account).flatMap(({ principal }) =>
      principal.type === "federated" &&
      !(hasWorkflows && principal.provider === githubProviderArn(role.account))
        ? [principal.provider]
        : [],
    ),
  );
  const tokens = new Map([...askedTokens(config), ...namedTokens(roles)].map((token) => [token.id, token]));
  return [
    ...[...tokens].map(([id, token]) => ({ id, kind: "token", token }) as const),
    ...[...new Set(unexpected)].map(
      (provider) => ({ id: `identity provider ${provider}`, kind: "provider", provider }) as const,
    ),
  ];
}

/** The tokens of GitHub that trust policies name. A pattern is taken as if it were a subject or an audience. */
function namedTokens(roles: Model["roles"]): readonly WorkflowToken[] {
  return roles.flatMap(({ trust }) => {
    const comparisons = statementsIn(trust.json).flatMap(comparisonsOf);
    const valuesOf = (claim: string): readonly string[] => [
      ...new Set(comparisons.filter(({ key }) => key.endsWith(claim)).flatMap(({ values }) => values)),
    ];
    const audiences = valuesOf(":aud");
    return valuesOf(":sub").flatMap((subject) =>
      (audiences.length === 0 ? [undefined] : audiences).map((audience) => workflowToken(subject, audience)),
    );
  });
}
