const AUDIENCE = "sts.amazonaws.com";

const PATIENCE_MS = 10_000;

/**
 * The OpenID Connect token of this run, which STS accepts for roles that trust it. A job gets it only with `id-token:
 * write`.
 *
 * @throws {Error} saying what the job lacks; never with the token
 */
export async function identityToken(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = environment;
  if (url === undefined || secret === undefined) {
    throw new Error(
      "This job may not ask GitHub for an identity: give it `permissions: id-token: write`. A pull request from a fork never may.",
    );
  }
  const asked = new URL(url);
  asked.searchParams.set("audience", AUDIENCE);
  const response = await fetch(asked, {
    headers: { authorization: `Bearer ${secret}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`GitHub refused an identity to this job: ${response.status}.`);
  const { value } = (await response.json()) as { readonly value?: unknown };
  if (typeof value !== "string" || value === "") throw new Error("GitHub answered without an identity.");
  return value;
}
