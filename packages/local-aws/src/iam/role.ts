import type { Moto } from "../server/call";
import { child, textAt } from "../server/xml";
import { IamIdentity, type IdentityDocuments } from "./iam-identity";
import { askIam, documentAt, managedPolicy, policiesOf, tagsOf } from "./iam-query";
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
   * Who may assume the role; the policy is named after it.
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
  const ask = askIam(moto, roleArn.split(":")[4] ?? "");
  const RoleName = roleArn.split("/").at(-1) ?? "";
  const answer = await ask("GetRole", { RoleName });
  const role = answer && child(answer, "Role");
  if (!role || textAt(role, "Arn") !== roleArn) return undefined;
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
