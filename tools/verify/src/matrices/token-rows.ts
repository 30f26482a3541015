import type { Config } from "@studio-access/config";
import { askedTokens, githubProviderArn, workflowToken, type WorkflowToken } from "../expect/workflows";
import type { Model } from "../model/model";
import { trustedPrincipals } from "./trusted-principals";

/** Someone for whom an identity provider vouches. */
export type TokenRow =
  | { readonly id: string; readonly kind: "token"; readonly token: WorkflowToken }
  /** Anyone of a provider that the config does not know. */
  | { readonly id: string; readonly kind: "provider"; readonly provider: string };

/** Tokens of workflows, those that a trust names beside them, and whatever other provider a trust names. */
export function tokenRows({ roles }: Model, config: Config): readonly TokenRow[] {
  const named = roles.flatMap(({ trust }) => subjectsIn(trust.json)).map((subject) => workflowToken(subject));
  const hasWorkflows = (config.ci ?? null) !== null;
  const unexpected = roles.flatMap((role) =>
    trustedPrincipals(role, "Federated").filter(
      (provider) => !hasWorkflows || provider !== githubProviderArn(role.account),
    ),
  );
  return [
    ...[...askedTokens(config), ...named].map((token) => ({ id: token.id, kind: "token", token }) as const),
    ...[...new Set(unexpected)].map(
      (provider) => ({ id: `identity provider ${provider}`, kind: "provider", provider }) as const,
    ),
  ];
}

/** Subjects of GitHub's tokens, as they stand in a trust: a pattern is asked as it stands. */
function subjectsIn(json: string): readonly string[] {
  return [...json.matchAll(/"(repo:[^"]+)"/g)].flatMap(([, subject]) => subject ?? []);
}
