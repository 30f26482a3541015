import type { Moto } from "../server/call";
import { child, textAt } from "../server/xml";
import { IamIdentity, type IdentityDocuments } from "./iam-identity";
import { iamQuery, members, policiesOf, tagsOf } from "./iam-query";

/** A user of the deployment. */
export class IamUser extends IamIdentity {
  /** Ids of the access keys that are active. */
  readonly activeKeys: ReadonlySet<string>;

  constructor(documents: IdentityDocuments, activeKeys: readonly string[]) {
    super(documents);
    this.activeKeys = new Set(activeKeys);
  }
}

/**
 * Reads a user from moto, with the policies of its groups.
 *
 * @returns undefined when there is no such user
 */
export async function readUser(
  moto: Pick<Moto, "query">,
  account: string,
  UserName: string,
): Promise<IamUser | undefined> {
  const ask = iamQuery(moto, account);
  const answer = await ask("GetUser", { UserName });
  const user = answer && child(answer, "User");
  if (!user) return undefined;
  const [keys, groups, own] = await Promise.all([
    ask("ListAccessKeys", { UserName }),
    ask("ListGroupsForUser", { UserName }),
    policiesOf(ask, "User", UserName),
  ]);
  const ofGroups = await Promise.all(
    members(groups, "Groups").map((group) => policiesOf(ask, "Group", textAt(group, "GroupName") ?? "")),
  );
  const active = members(keys, "AccessKeyMetadata").filter((key) => textAt(key, "Status") === "Active");
  const documents: IdentityDocuments = {
    arn: textAt(user, "Arn") ?? "",
    id: textAt(user, "UserId") ?? "",
    tags: tagsOf(user),
    policies: [...own, ...ofGroups.flat()],
    // moto does not keep the permissions boundary of a user.
    boundary: undefined,
  };
  return new IamUser(
    documents,
    active.map((key) => textAt(key, "AccessKeyId") ?? ""),
  );
}
