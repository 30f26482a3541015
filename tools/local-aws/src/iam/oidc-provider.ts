import type { Moto } from "../server/call";
import { textAt } from "../server/xml";
import { iamQuery, members } from "./iam-query";

/** An IAM OpenID Connect provider of one account. */
export interface OidcProvider {
  readonly arn: string;
  /** Accepted audiences of its tokens. */
  readonly clientIds: readonly string[];
}

/**
 * Reads an account's OpenID Connect provider from moto.
 *
 * @param issuer - its URL, as tokens name it
 * @returns undefined when the account has none for that issuer
 */
export async function readOidcProvider(
  moto: Pick<Moto, "query">,
  account: string,
  issuer: string,
): Promise<OidcProvider | undefined> {
  const arn = `arn:aws:iam::${account}:oidc-provider/${providerName(issuer)}`;
  const found = await iamQuery(moto, account)("GetOpenIDConnectProvider", { OpenIDConnectProviderArn: arn });
  if (!found) return undefined;
  return { arn, clientIds: members(found, "ClientIDList").map((id) => textAt(id) ?? "") };
}

/** The issuer without its scheme, by which IAM names providers and their condition keys. */
export function providerName(issuer: string): string {
  return issuer.replace(/^https:\/\//, "");
}
