import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeUserProfileCommand, ListTagsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Config } from "@studio-access/config";
import type { CheckContext, LocalDeployment } from "@studio-access/local-deployment";
import { profileNameOf, SIGN_IN_PROFILE_TAG } from "@studio-access/shared-types";

import { inAccount } from "../aws";
import { until } from "../shell";
import { domains } from "../what-is-there";
import { lobNamed } from "./users-in-studio";

const PREFIX = "studio-";
const PASSWORD = "A-long-1-password-of-a-person";
const PERSON = "jane.doe@example.com";

export function groupOf(lob: string): string {
  return `${PREFIX}${lob}`;
}

/** The config with a group for each line of business, beside its users. */
export function withGroups(config: Config): Config {
  return {
    ...config,
    identity: { ...config.identity, groupPrefix: PREFIX },
    linesOfBusiness: config.linesOfBusiness.map((lob) => ({ ...lob, groups: [groupOf(lob.name)] })),
  };
}

/** Somebody whom no config lists, as whoever administers the identity provider makes them. */
class Person {
  readonly #deployment: LocalDeployment;
  readonly #name: string;
  readonly #password: string;
  readonly #cognito: CognitoIdentityProviderClient;

  constructor(deployment: LocalDeployment, name: string, password = PASSWORD) {
    this.#deployment = deployment;
    this.#name = name;
    this.#password = password;
    const { id } = deployment.workspace.config.sharedServices;
    this.#cognito = new CognitoIdentityProviderClient(inAccount(deployment, id));
  }

  async hired(...groups: readonly string[]): Promise<this> {
    const user = await this.#user();
    await this.#cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await this.#cognito.send(
      new AdminSetUserPasswordCommand({ ...user, Password: this.#password, Permanent: true }),
    );
    for (const group of groups) await this.joins(group);
    return this;
  }

  async joins(group: string): Promise<void> {
    const user = await this.#user();
    await this.#cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));
  }

  async leaves(group: string): Promise<void> {
    const user = await this.#user();
    await this.#cognito.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: group }));
  }

  /** The profile stays: it is for an operator to delete. */
  async goes(): Promise<void> {
    await this.#cognito.send(new AdminDeleteUserCommand(await this.#user()));
  }

  /** Asks the API with a new token. @returns the status, and the code or the URL */
  async asks({ api }: Pick<CheckContext, "api">): Promise<readonly [number, string]> {
    const { outputs } = await this.#deployment.state("access");
    const { AuthenticationResult: result } = await this.#cognito.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: String(outputs["user_pool_client_id"]),
        AuthParameters: { USERNAME: this.#name, PASSWORD: this.#password },
      }),
    );
    const token = result?.AccessToken ?? "";
    const { status, body } = await api.get(this.#name, { token, accept: "application/json" });
    const { code, url } = JSON.parse(body) as { code?: string; url?: string };
    return [status, code ?? url ?? ""];
  }

  async #user(): Promise<{ readonly UserPoolId: string; readonly Username: string }> {
    const { outputs } = await this.#deployment.state("access");
    return { UserPoolId: String(outputs["user_pool_id"]), Username: this.#name };
  }
}

/**
 * A person of a group alone has a profile made at the first sign-in, and then a URL; out of the group, nothing; in the group
 * of another line of business, the same there.
 */
export async function personByGroupGetsStudio(
  deployment: LocalDeployment,
  context: Pick<CheckContext, "api">,
): Promise<void> {
  const [lob, other] = deployment.workspace.config.linesOfBusiness;
  if (lob === undefined || other === undefined) throw new RangeError("fewer than two lines of business");
  const person = await new Person(deployment, PERSON).hired();
  await expect(person.asks(context)).resolves.toEqual([403, "forbidden"]);

  await person.joins(groupOf(lob.name));
  await expect(person.asks(context)).resolves.toEqual([202, "profile_pending"]);
  await until(async () => (await person.asks(context))[0] === 200);
  const [, url] = await person.asks(context);
  const profile = profileNameOf(PERSON) ?? "";
  const page = await context.api.open(url);
  expect([page.status, page.body]).toEqual([200, expect.stringContaining(profile) as unknown]);

  const studio = new SageMakerClient(inAccount(deployment, lob.account.id));
  const DomainId = String((await deployment.state(lob.name)).outputs["domain_id"]);
  const made = await studio.send(new DescribeUserProfileCommand({ DomainId, UserProfileName: profile }));
  expect(made).toMatchObject({ Status: "InService", UserProfileName: profile });
  expect(made.UserSettings).toBeUndefined();
  const { Tags } = await studio.send(new ListTagsCommand({ ResourceArn: made.UserProfileArn }));
  expect(Tags).toEqual([SIGN_IN_PROFILE_TAG]);

  await person.leaves(groupOf(lob.name));
  await expect(person.asks(context)).resolves.toEqual([403, "forbidden"]);

  await person.joins(groupOf(other.name));
  await expect(person.asks(context)).resolves.toEqual([202, "profile_pending"]);
  await until(async () => (await person.asks(context))[0] === 200);
  await expect(domains(deployment, other.account.id)).resolves.toMatchObject({
    [other.domainName]: expect.arrayContaining([profile]) as unknown,
  });
  await person.goes();
}

/** Somebody in the groups of two lines of business is let into neither. */
export async function personOfTwoGroupsIsRefused(
  deployment: LocalDeployment,
  context: Pick<CheckContext, "api">,
): Promise<void> {
  const groups = deployment.workspace.config.linesOfBusiness.map(({ name }) => groupOf(name));
  const person = await new Person(deployment, "of-two-groups").hired(...groups);
  await expect(person.asks(context)).resolves.toEqual([403, "lob_ambiguous"]);
  await person.goes();
}

/**
 * Remembers a listed user's profile and password.
 *
 * @returns what expects, after a deploy in which the user belongs to the line of business by group, that the profile with its
 *   home directory and the sign-in are there as they were, and that the user gets in by the group alone
 */
export async function listedUserComesByGroup(
  deployment: LocalDeployment,
  name: string,
): Promise<(context: Pick<CheckContext, "api">) => Promise<void>> {
  const user = (await deployment.signIns()).find((each) => each.user === name);
  if (user === undefined) throw new RangeError(`${name} is not listed`);
  const lob = lobNamed(deployment, user.lob);
  const studio = new SageMakerClient(inAccount(deployment, lob.account.id));
  const DomainId = String((await deployment.state(lob.name)).outputs["domain_id"]);
  const profile = new DescribeUserProfileCommand({ DomainId, UserProfileName: name });
  const { UserProfileArn, HomeEfsFileSystemUid, CreationTime, UserSettings } = await studio.send(profile);
  const kept = { UserProfileArn, HomeEfsFileSystemUid, CreationTime, UserSettings };

  return async (context) => {
    await expect(deployment.plan(lob.name)).resolves.toEqual({ changed: false, changes: [] });
    await expect(studio.send(profile)).resolves.toMatchObject(kept);
    const person = new Person(deployment, name, user.password);
    await expect(person.asks(context)).resolves.toEqual([403, "forbidden"]);
    await person.joins(groupOf(lob.name));
    await expect(person.asks(context)).resolves.toEqual([200, expect.any(String)]);
  };
}
