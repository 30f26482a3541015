import type { Config } from "@studio-access/config";
import { askedTokens, githubProviderArn, workflowToken, type WorkflowToken } from "../expect/workflows";
import type { Model } from "../model/model";
import { trustedPrincipals } from "./trusted-principals";

/** The holder of a token of an identity provider. */
export type TokenRow =
  | { readonly id: string; readonly kind: "token"; readonly token: WorkflowToken }
  /** Anyone with a token of an identity provider that the config does not call for. */
  | { readonly id: string; readonly kind: "provider"; readonly provider: string };

/** The workflows' tokens, other subjects that a trust policy names, and other identity providers that one names. */
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

/** The subjects of GitHub's tokens that a trust policy names. A pattern is taken as if it were a subject. */
function subjectsIn(json: string): readonly string[] {
  return [...json.matchAll(/"(repo:[^"]+)"/g)].flatMap(([, subject]) => subject ?? []);
}
