import type { Moto } from "../server/call";
import { child, textAt, type XmlElement } from "../server/xml";
import { IamIdentity, type IdentityDocuments } from "./iam-identity";
import { iamQuery, documentAt, managedPolicy, policiesOf, tagsOf, type IamQuery } from "./iam-query";
import { compile, type StoredPolicy } from "./stored-policy";

/** A role of the deployment. */
export class IamRole extends IamIdentity {
  readonly #trustText: string;
  #trust: StoredPolicy | undefined;

  constructor(documents: IdentityDocuments, trust: string) {
    super(documents);
    this.#trustText = trust;
  }

  /**
   * The role's trust policy, with the role's ARN as its name.
   *
   * @throws {PolicyError}
   */
  get trust(): StoredPolicy {
    this.#trust ??= compile(this.#trustText, "trust", this.arn);
    return this.#trust;
  }
}

/**
 * Reads a role from moto.
 *
 * @returns undefined when there is no such role, also when one of that name has another path
 */
export async function readRole(moto: Pick<Moto, "query">, roleArn: string): Promise<IamRole | undefined> {
  const ask = iamQuery(moto, accountOf(roleArn));
  const RoleName = nameOf(roleArn);
  const role = await getRole(ask, roleArn);
  if (!role) return undefined;
  const boundary = textAt(role, "PermissionsBoundary", "PermissionsBoundaryArn");
  const documents: IdentityDocuments = {
    arn: roleArn,
    id: textAt(role, "RoleId") ?? "",
    tags: tagsOf(role),
    policies: await policiesOf(ask, "Role", RoleName),
    boundary: boundary === undefined ? undefined : await managedPolicy(ask, boundary),
  };
  return new IamRole(documents, documentAt(role, "AssumeRolePolicyDocument"));
}

/** The properties of a role that STS needs to issue a session. */
export interface SessionTerms {
  /** `AROA…` */
  readonly roleId: string;
  /** Longest session, in seconds. */
  readonly maxSessionSeconds: number;
}

/** IAM's default for roles that name no MaxSessionDuration. */
const DEFAULT_SESSION_SECONDS = 3600;

/** @returns undefined when there is no such role */
export async function readSessionTerms(
  moto: Pick<Moto, "query">,
  roleArn: string,
): Promise<SessionTerms | undefined> {
  const role = await getRole(iamQuery(moto, accountOf(roleArn)), roleArn);
  if (!role) return undefined;
  return {
    roleId: textAt(role, "RoleId") ?? "",
    maxSessionSeconds: Number(textAt(role, "MaxSessionDuration") ?? DEFAULT_SESSION_SECONDS),
  };
}

async function getRole(ask: IamQuery, roleArn: string): Promise<XmlElement | undefined> {
  const answer = await ask("GetRole", { RoleName: nameOf(roleArn) });
  const role = answer && child(answer, "Role");
  return role && textAt(role, "Arn") === roleArn ? role : undefined;
}

function accountOf(roleArn: string): string {
  return roleArn.split(":")[4] ?? "";
}

function nameOf(roleArn: string): string {
  return roleArn.split("/").at(-1) ?? "";
}
