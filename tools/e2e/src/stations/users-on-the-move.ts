import { CognitoIdentityProviderClient, ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Config, LineOfBusiness } from "@studio-access/config";
import { JOURNEYS, type CheckContext, type LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "../aws";
import { expectToHold } from "../expectations";
import { domains, rows } from "../what-is-there";
import { groupOf, listedUserComesByGroup } from "./users-by-group";
import { lobNamed } from "./users-in-studio";

/** A user who leaves the company, one who moves from lob-c to lob-b, and one who belongs to lob-c by group from then on. */
const LEAVER = "user-leaver";
const MOVER = "user-mover";
const REGROUPED = "user-regrouped";

/** Users of lob-c, of whom one stays as listed. The first user of each line of business is the one who signs in. */
export const USERS_WHO_GO = [LEAVER, "user-lob-c", MOVER, REGROUPED];

/**
 * Deploys the config without the leaver, with another user in another line of business, and with one who comes by group.
 *
 * @param context - with the leaver signed in
 */
export async function usersLeaveAndMove(deployment: LocalDeployment, context: CheckContext): Promise<void> {
  const leaver = context.users.find(({ name }) => name === LEAVER);
  const expectByGroup = await listedUserComesByGroup(deployment, REGROUPED);
  await deployment.reconfigure(
    withUsers(deployment.workspace.config, {
      "lob-b": { users: [MOVER, "user-lob-b"] },
      "lob-c": { users: ["user-lob-c"], formerUsers: [REGROUPED], groups: [groupOf("lob-c")] },
    }),
  );

  // In the wrong order: the user's row and sign-in still belong to lob-c.
  await expect(deployment.deploy(["lob-b"])).rejects.toThrow(
    /ConditionalCheckFailedException|UsernameExistsException/,
  );
  await expect(userRows(deployment)).resolves.toMatchObject({ [MOVER]: "lob-c" });

  await deployment.deploy(["lob-c"]);
  await expect(userRows(deployment)).resolves.toEqual({
    "user-lob-a": "lob-a",
    "user-lob-b": "lob-b",
    "user-lob-c": "lob-c",
  });
  const answer = await context.api.get(LEAVER, { token: leaver?.token ?? "", accept: "application/json" });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 403,
    body: expect.stringContaining('"forbidden"') as unknown,
  });
  await expectByGroup(context);

  await deployment.deploy(["lob-b"]);
  await expect(userRows(deployment)).resolves.toMatchObject({ [MOVER]: "lob-b" });
  // Profiles that were made at a sign-in may be there as well.
  await expect(profilesOf(deployment, "lob-b")).resolves.toEqual(
    expect.arrayContaining(["user-lob-b", MOVER]),
  );
  await expect(profilesOf(deployment, "lob-c")).resolves.toEqual(["user-lob-c", REGROUPED]);
  await expect(signInNames(deployment)).resolves.toEqual([
    "user-lob-a",
    "user-lob-b",
    "user-lob-c",
    MOVER,
    REGROUPED,
  ]);
  const { users, ...rest } = await deployment.checkContext();
  for (const check of JOURNEYS.filter(({ name }) => name.startsWith("a user gets a Studio URL"))) {
    await expectToHold(check, { ...rest, users: users.filter(({ name }) => name === MOVER) });
  }
}

function withUsers(
  config: Config,
  byLob: Readonly<Record<string, Partial<Pick<LineOfBusiness, "users" | "formerUsers" | "groups">>>>,
): Config {
  const linesOfBusiness = config.linesOfBusiness.map((lob) => ({ ...lob, ...byLob[lob.name] }));
  return { ...config, linesOfBusiness };
}

/** Line of business of each user in the directory. */
async function userRows(deployment: LocalDeployment): Promise<Record<string, string>> {
  const { environment, sharedServices } = deployment.workspace.config;
  const users = await rows(deployment, sharedServices.id, `studio-access-${environment}-users`);
  return Object.fromEntries(users.map(({ PK = "", LOB = "" }) => [PK, LOB]));
}

async function profilesOf(deployment: LocalDeployment, name: string): Promise<string[]> {
  const lob = lobNamed(deployment, name);
  const { [lob.domainName]: profiles = [] } = await domains(deployment, lob.account.id);
  return profiles.sort();
}

async function signInNames(deployment: LocalDeployment): Promise<string[]> {
  const { id } = deployment.workspace.config.sharedServices;
  const client = new CognitoIdentityProviderClient(inAccount(deployment, id));
  const UserPoolId = String((await deployment.state("access")).outputs["user_pool_id"]);
  const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId }));
  return Users.map(({ Username = "" }) => Username).sort();
}
