import type { Config, OidcIdentity } from "@studio-access/config";

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
  "The claim must hold the names that the config has: 2 to 63 letters, digits and inner hyphens. No e-mail address fits.";

const STAND_IN_STEPS: readonly NextStep[] = [
  [
    "To begin with, users sign in with a Cognito stand-in, with passwords that the stacks generate. For your own " +
      "provider, register a client and write provider oidc with issuer, jwksUri, clientId, audience and userNameClaim as identity.",
  ],
  [NAMES],
];

function oidcSteps({
  issuer,
  jwksUri,
  clientId,
  audience,
  userNameClaim,
}: OidcIdentity): readonly NextStep[] {
  return [
    [
      `Register the client ${clientId} at ${issuer}: authorization code with PKCE. Its redirect URI is that of the program with ` +
        "which users sign in; the config names none.",
    ],
    [
      `Issue its access tokens as JWTs by RFC 9068: type at+jwt, signed with RS256, iss ${issuer}, aud ${audience}, ` +
        `client_id ${clientId}, and an expiry of a few minutes.`,
    ],
    [`Keep ${jwksUri} reachable from the internet: the authorizer reads the keys there.`],
    [`Let the claim ${userNameClaim} name the users. ${NAMES}`],
  ];
}
