import { accountsOf, ciRoleArn, type AccountConfig, type CiRole, type Config } from "@studio-access/config";

/** Credentials of a role session, as STS gives them out. */
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

interface NamedSession {
  readonly profile: string;
  readonly session: Session;
}

export interface Sessions {
  /** The shared-services account's first. */
  readonly sessions: readonly NamedSession[];
  /** Profiles of accounts that gave none, each with the reason. */
  readonly refused: readonly { readonly profile: string; readonly reason: string }[];
}

/** @returns a session of the role. Rejects where the role does not trust this run, or is not there */
export type Assume = (roleArn: string) => Promise<Session>;

/**
 * A session per account of the config. The session of shared services is required, since the state is there; the
 * account of a new line of business may have no role yet.
 *
 * @throws {Error} when the config names no profiles, or shared services gives no session
 */
export async function accountSessions(
  config: Pick<Config, "environment" | "sharedServices" | "linesOfBusiness">,
  role: CiRole,
  assume: Assume,
): Promise<Sessions> {
  const sessions: NamedSession[] = [];
  const refused: { profile: string; reason: string }[] = [];
  for (const [index, { id, credentials }] of accountsOf(config).entries()) {
    const profile = profileOf(id, credentials);
    try {
      sessions.push({ profile, session: await assume(ciRoleArn(config, id, role)) });
    } catch (error) {
      const reason = `account ${id} gives this run no session of its ${role} role (${nameOf(error)})`;
      if (index === 0) {
        const remedy = "Deploy the stack ci-access, and check the config's ci: docs/ci.md.";
        // eslint-disable-next-line preserve-caught-error -- the cause may hold the token
        throw new Error(`${reason}. ${remedy}`);
      }
      refused.push({ profile, reason });
    }
  }
  return { sessions, refused };
}

function profileOf(id: string, credentials: AccountConfig["credentials"]): string {
  const profile = "profile" in credentials ? credentials.profile : undefined;
  if (!/^\d{12}$/.test(id) || profile === undefined || !/^[\w.@-]+$/.test(profile)) {
    throw new Error(
      `Account ${JSON.stringify(id)} has no profile in the config that a workflow could fill: docs/ci.md.`,
    );
  }
  return profile;
}

/** Only the error's name: STS's message may quote the token. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

/** A file of credentials for Terraform and the SDKs: a profile per account; the default is shared services. */
export function credentialsFile({ sessions }: Sessions): string {
  const [shared] = sessions;
  const named = shared === undefined ? sessions : [{ ...shared, profile: "default" }, ...sessions];
  return named
    .map(({ profile, session }) =>
      [
        `[${profile}]`,
        `aws_access_key_id = ${session.accessKeyId}`,
        `aws_secret_access_key = ${session.secretAccessKey}`,
        `aws_session_token = ${session.sessionToken}`,
        "",
      ].join("\n"),
    )
    .join("\n");
}
