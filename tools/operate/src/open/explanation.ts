import type { RefusalCode } from "@studio-access/shared-types";

/** What a response of the API means to a user, and what to do. */
export interface Explanation {
  readonly means: string;
  readonly remedy: string;
  /** Whether the network may be the cause, so that the advice includes a check of it. */
  readonly network?: true;
}

const ASK = "Ask your platform team, and give them the request id.";

/** Explanations of the API's refusals by their code. */
export const REFUSALS: Readonly<Record<RefusalCode, Explanation>> = {
  unauthorized: {
    means: "The access token is missing, has expired, or is not this environment's.",
    remedy: "Sign in again. --token-stdin takes an access token, not an ID token.",
  },
  forbidden: {
    means:
      "This is not your Studio, or there is no such user, or you came by another way than the private network.",
    remedy: "Ask for your own Studio, by the name that you sign in with.",
    network: true,
  },
  studio_not_found: {
    means:
      "You are known, but no Studio is ready for you: your line of business has no domain yet, or you no profile.",
    remedy: "Ask your platform team. An operator sees what is missing with `npm run smoke -- --user NAME`.",
  },
  user_blocked: {
    means: "Your access to Studio has been ended (`./studio offboard`).",
    remedy: "Ask your platform team if that is a mistake: they can give it back, with your home directory.",
  },
  lob_ambiguous: {
    means: "Your groups at the identity provider belong to more than one line of business.",
    remedy:
      "Ask your platform team which is yours, and let them take you out of the other's group; then sign in again.",
  },
  too_many_groups: {
    means: "The access token does not hold all your groups, or more than can be looked at.",
    remedy: `${ASK} The provider can be told to name fewer groups: docs/identity.md#users-by-group.`,
  },
  profile_pending: {
    means: "Your user profile is being made, and that takes longer than this command waits.",
    remedy: "It goes on without you. Try again in some minutes.",
  },
  profile_failed: {
    means: "SageMaker could not make your user profile.",
    remedy: `${ASK} The profile has to be deleted; the next sign-in makes another.`,
  },
  profile_limit_reached: {
    means: "The account of your line of business holds as many user profiles as its quota allows.",
    remedy: ASK,
  },
  throttled: { means: "Too many requests at a time.", remedy: "Wait some seconds, and try again." },
  upstream_error: {
    means: "Something behind the API refused or failed.",
    remedy: `${ASK} An operator sees where with \`npm run smoke -- --user NAME\`.`,
  },
  upstream_unavailable: {
    means: "An AWS service is not available.",
    remedy: `Try again soon. If it stays so: ${ASK}`,
  },
  upstream_timeout: {
    means: "Something behind the API did not answer in time.",
    remedy: `Try again. If it stays so: ${ASK}`,
  },
};

/** Explains responses without such a code: API Gateway refused before it reached the API, or the authorizer failed. */
export function gatewayExplanation(status: number): Explanation {
  if (status === 401) return REFUSALS.unauthorized;
  if (status === 403) {
    return {
      means:
        "API Gateway itself refused, before it looked at the API: the request did not come through its endpoint.",
      remedy: "Call from the private network.",
      network: true,
    };
  }
  if (status === 429) return REFUSALS.throttled;
  if (status >= 500) return { means: "API Gateway failed, or the authorizer behind it.", remedy: ASK };
  return { means: "The response is not one that this command knows.", remedy: ASK };
}
