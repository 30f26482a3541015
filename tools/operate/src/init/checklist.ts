import { tokenRules, type Config, type OidcIdentity } from "@studio-access/config";
import type { TokenPresetName } from "@studio-access/shared-types";

import { nextSteps, type NextStep } from "../config-edit/next-steps";

/** What has to be done outside of Terraform before users come, for those who do it. */
export function checklist(config: Config): string {
  return [
    `For the network team\n${nextSteps(networkSteps(config))}`,
    `For the identity team\n${nextSteps(identitySteps(config))}`,
  ].join("\n\n");
}

function networkSteps({ region, network }: Config): readonly NextStep[] {
  const { hubCidr, accessCidr, lobSupernets, corporateCidrs } = network;
  const users = corporateCidrs.join(", ");
  return [
    [
      `Reserve ${hubCidr} (hub), ${accessCidr} (access) and ${lobSupernets.join(", ")} (lines of business): nothing else may use them.`,
    ],
    [
      `Connect ${users} (VPN, Direct Connect or your own Transit Gateway) to the hub's Transit Gateway of the stack networking, and route ${hubCidr} there and ${users} back.`,
    ],
    [`Open TCP 443 from ${users} to ${hubCidr}, and DNS (TCP and UDP 53) from your DNS servers to it.`],
    [
      "Forward these names from your DNS to the addresses in the output dns_resolver_addresses of networking: " +
        `studio.${region}.sagemaker.aws, and the API's own name API.execute-api.${region}.amazonaws.com.`,
    ],
  ];
}

function identitySteps({ identity }: Config): readonly NextStep[] {
  return identity.provider === "oidc" ? oidcSteps(identity) : STAND_IN_STEPS;
}

const NAMES =
  "The claim must hold the names that the config has, letter by letter; docs/identity.md says what becomes of them in AWS.";

const STAND_IN_STEPS: readonly NextStep[] = [
  [
    "To begin with, users sign in with a Cognito stand-in, with passwords that the stacks generate. For your own " +
      "provider, register a client and write provider oidc with preset, issuer, jwksUri, clientId, audience and userNameClaim " +
      "as identity (docs/identity.md).",
  ],
  [NAMES],
];

function oidcSteps(identity: OidcIdentity): readonly NextStep[] {
  const { issuer, clientId, clientClaim, audiences, types, requiredClaims, userNameClaim } =
    tokenRules(identity);
  const required = Object.entries(requiredClaims).map(([name, value]) => `${name} ${value}, `);
  return [
    [
      `Register the client ${clientId} at ${issuer}: authorization code with PKCE. Its redirect URI is that of the program with ` +
        `which users sign in; the config names none. ${DOCS[identity.preset ?? "rfc9068"]}`,
    ],
    [
      `Issue its access tokens as JWTs: type ${(types ?? []).join(" or ")}, signed with RS256, iss ${issuer}, ` +
        `aud ${audiences?.join(" or ") ?? ""}, ${required.join("")}${clientClaim} ${clientId}, and an expiry of a few minutes. ` +
        "Try one:",
      "./studio doctor --token-stdin < token",
    ],
    [`Keep ${identity.jwksUri} reachable from the internet: the authorizer reads the keys there.`],
    [`Let the claim ${userNameClaim} name the users. ${NAMES}`],
  ];
}

const DOCS: Readonly<Record<TokenPresetName, string>> = {
  rfc9068: "In general: docs/identity.md.",
  entra: "In Entra: docs/identity.md#microsoft-entra-id.",
  okta: "In Okta: docs/identity.md#okta.",
  auth0: "In Auth0: docs/identity.md#auth0.",
  keycloak: "In Keycloak: docs/identity.md#keycloak.",
};
