import { PORTAL_ENVIRONMENT, type PortalSettings } from "@studio-access/shared-types";

/** Everything that there is to set. */
export const SETTINGS: Required<PortalSettings> = {
  issuer: "https://sso.example.com/realms/company",
  clientId: "studio",
  scopes: ["openid", "studio.open"],
  authorizationParameters: { audience: "studio-api" },
  endpoints: {
    authorization: "https://sso.example.com/authorize",
    token: "https://tokens.example.com/token?x=1",
    endSession: "https://sso.example.com/logout",
  },
  userNameClaim: "preferred_username",
  region: "eu-west-1",
  signIn: "at_once",
  company: { name: "Example", logo: "data:image/png;base64,AAAA", support: "it-help@example.com" },
};

export function environmentOf(settings: unknown): Record<string, string> {
  return { [PORTAL_ENVIRONMENT.settings]: JSON.stringify(settings) };
}
