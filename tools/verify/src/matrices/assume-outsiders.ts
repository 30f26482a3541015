import type { Policy } from "@studio-access/policy";
import { comparisonsOf, type Answer } from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { accountIn } from "../model/model";
import type { RoleModel } from "../model/roles";
import { ask, marked, together, type Circumstances } from "./asking";
import { askAssumeRole, UNNAMED } from "./asking-assume-role";
import { mayTrust } from "./assume-classes";
import { ANY_OR_NONE } from "./known-keys";
import type { CellResult } from "./matrix";
import { FOREIGN_ACCOUNT, reasonOf, trailOf, type RolePermissions } from "./policies";
import { fromAnywhere } from "./request-origins";
import { inSomeRegion, ownResource } from "./sessions";

/** Outcome for a token: whoever holds it may assume the role. */
export const LET_IN = "let in";

interface OutsiderInput {
  readonly permissions: RolePermissions;
  readonly config: Config;
  /** Ours. */
  readonly accounts: ReadonlySet<string>;
}

/** Evaluates a call with a token of that identity provider. */
export function evaluateToken(
  { permissions: { cache }, config }: OutsiderInput,
  target: RoleModel,
  provider: string,
  claims: Readonly<Record<string, string>>,
): CellResult {
  const isSaml = provider.includes(":saml-provider/");
  const issuer = provider.replace(/^.*:oidc-provider\//, "");
  const trust = cache.policy(target.trust, "trust");
  if (!mayTrust(trust, "Federated", provider)) return unnamed(provider);
  const found = ask({
    identityPolicies: [],
    resourcePolicy: trust,
    principal: { type: "federated", provider },
    action: isSaml ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity",
    resource: target.arn,
    circumstances: together(fromAnywhere(), inSomeRegion(config), ownResource(config), {
      stated: claims,
      facts: claimFacts(trust, issuer),
    }),
  });
  const steps = (): readonly string[] => trailOf(found.decision);
  return { outcome: found.allowed ? marked(LET_IN, [found]) : "no", reason: reasonOf(found.decision), steps };
}

/** Whoever holds a token has some value of each of its provider's claims that the trust policy asks for. */
function claimFacts({ statements }: Policy, issuer: string): Circumstances["facts"] {
  const keys = statements.flatMap(comparisonsOf).map(({ key }) => key.toLowerCase());
  const claims = keys.filter((key) => key.startsWith(`${issuer.toLowerCase()}:`));
  return Object.fromEntries([...claims, "sts:rolesessionname"].map((key) => [key, ANY_OR_NONE]));
}

/**
 * A service acts on behalf of a resource. A trust policy without a condition on aws:SourceAccount lets resources of any
 * account use the role.
 */
export function evaluateService(
  { permissions: { cache }, accounts, config }: OutsiderInput,
  target: RoleModel,
  service: string,
): CellResult {
  const trustPolicy = cache.policy(target.trust, "trust");
  if (!mayTrust(trustPolicy, "Service", service)) return unnamed(service);
  const attempt = (sources: Circumstances["facts"]): Answer =>
    askAssumeRole({
      identityPolicies: [],
      caller: { type: "service", name: service },
      roleArn: target.arn,
      trustPolicy,
      circumstances: together(
        fromAnywhere(),
        inSomeRegion(config),
        ownResource(config),
        UNNAMED.circumstances,
        {
          stated: {},
          facts: sources,
        },
      ),
    });
  const foreign = attempt(sourcesOf((account) => !accounts.has(account), FOREIGN_ACCOUNT));
  const steps = (): readonly string[] => trailOf(foreign.decision);
  if (foreign.allowed) return { outcome: "any account", reason: reasonOf(foreign.decision), steps };
  const own = attempt(sourcesOf((account) => account === target.account, target.account));
  return {
    outcome: own.allowed ? marked("own account", [own]) : "no",
    reason: reasonOf(own.decision),
    steps: () => trailOf(own.decision),
  };
}

function unnamed(name: string): CellResult {
  return { outcome: "no", reason: `the trust policy does not name ${name}` };
}

/** What a service says of the resource on whose behalf it acts. */
function sourcesOf(isIn: (account: string) => boolean, account: string): Circumstances["facts"] {
  const arns = (distinguished: readonly string[]): readonly string[] =>
    distinguished.filter((arn) => isIn(accountIn(arn)));
  return {
    "aws:sourceaccount": {
      possible: (distinguished) => [undefined, account, ...distinguished.filter(isIn)],
      usual: () => [account],
    },
    "aws:sourcearn": {
      possible: (distinguished) => [undefined, ...arns(distinguished)],
      usual: (distinguished) => [arns(distinguished)[0]],
    },
    "aws:sourceorgid": ANY_OR_NONE,
    "aws:sourceorgpaths": ANY_OR_NONE,
  };
}
