import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { loadConfig, type CiRole } from "@studio-access/config";
import { endWith } from "@studio-access/terraform-cli";
import { Command, Option } from "commander";

import { accountSessions, credentialsFile, type Assume } from "./account-sessions";
import { identityToken } from "./identity-token";

interface Flags {
  readonly config: string;
  readonly role: CiRole;
}

/** The longest session that the roles allow: see stacks/ci-access. */
const SECONDS: Readonly<Record<CiRole, number>> = { plan: 3600, apply: 7200 };

function assumeWith(token: string, region: string, seconds: number): Assume {
  // The call is not signed: the token proves who the caller is.
  const sts = new STSClient({ region, credentials: { accessKeyId: "none", secretAccessKey: "none" } });
  return async (RoleArn) => {
    const command = new AssumeRoleWithWebIdentityCommand({
      RoleArn,
      RoleSessionName: `github-${process.env["GITHUB_RUN_ID"] ?? "run"}`,
      WebIdentityToken: token,
      DurationSeconds: seconds,
    });
    const { Credentials: given } = await sts.send(command);
    const { AccessKeyId, SecretAccessKey, SessionToken } = given ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new Error("NoCredentials");
    }
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
}

async function run({ config: file, role }: Flags): Promise<void> {
  const { RUNNER_TEMP: folder, GITHUB_ENV: variables } = process.env;
  if (folder === undefined || variables === undefined) {
    throw new Error("RUNNER_TEMP and GITHUB_ENV are missing: this runs in a job of GitHub Actions alone.");
  }
  const config = loadConfig(file);
  const token = await identityToken(process.env);
  const found = await accountSessions(config, role, assumeWith(token, config.region, SECONDS[role]));
  for (const { session } of found.sessions) {
    // The runner then masks these values in every log line.
    process.stdout.write(`::add-mask::${session.secretAccessKey}\n::add-mask::${session.sessionToken}\n`);
  }
  const path = join(folder, `studio-access-${role}-credentials`);
  await writeFile(path, credentialsFile(found), { mode: 0o600 });
  await appendFile(
    variables,
    `AWS_SHARED_CREDENTIALS_FILE=${path}\nAWS_EC2_METADATA_DISABLED=true\nAWS_REGION=${config.region}\n`,
  );
  for (const { reason } of found.refused) process.stdout.write(`::warning::${reason}\n`);
  process.stdout.write(`Sessions for ${found.sessions.map(({ profile }) => profile).join(", ")}.\n`);
}

const program = new Command("sessions")
  .description("Exchanges this run's identity for a session in every account of the config, as its profiles.")
  .requiredOption("--config <file>", "the environment's config")
  .addOption(new Option("--role <role>", "which role").choices(["plan", "apply"]).makeOptionMandatory())
  .action(run);

endWith(program.parseAsync());
