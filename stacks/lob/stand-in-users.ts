import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUser } from "@cdktf/provider-aws/lib/cognito-user";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  DataResource,
  Fn,
  TerraformOutput,
  TerraformVariable,
  Token,
  VariableType,
  propertyAccess,
} from "cdktf";
import { Construct } from "constructs";

import { profileOf, type LineOfBusiness } from "@studio-access/config";
import { letGo } from "../constructs/let-go";
import { groupId } from "./directory-entries";

export interface StandInUsersProps {
  /** The shared-services account, which owns the user pool. */
  readonly provider: AwsProvider;
  readonly userPoolId: string;
  readonly lob: LineOfBusiness;
}

/**
 * Sign-ins of the LOB's users at the Cognito stand-in, and the pool's groups that give access to the LOB.
 *
 * Passwords come in as the sensitive variable `sign_in_passwords` (user name → password). Where none is given,
 * Terraform makes one at the first apply, and the state keeps it.
 */
export class StandInUsers extends Construct {
  constructor(scope: Construct, id: string, { provider, userPoolId, lob }: StandInUsersProps) {
    super(scope, id);
    const given = new TerraformVariable(this, "sign_in_passwords", {
      type: VariableType.map(VariableType.STRING),
      default: {},
      sensitive: true,
      description: "Password of each stand-in user, by user name. Generated for users who are not named.",
    });
    given.overrideLogicalId("sign_in_passwords");

    // Whoever administers the pool puts people into them.
    for (const group of lob.groups ?? [])
      new CognitoUserGroup(this, groupId(group), { provider, userPoolId, name: group });

    const passwords = lob.users.map((user) => {
      const password = Token.asString(Fn.lookup(given.value, user, this.#generated(user)));
      new CognitoUser(this, `User-${profileOf(user)}`, {
        provider,
        userPoolId,
        username: user,
        password,
        messageAction: "SUPPRESS",
      });
      return [user, password] as const;
    });
    for (const user of (lob.formerUsers ?? []).map(profileOf))
      letGo(this, `User-${user}`, "aws_cognito_user");
    new TerraformOutput(this, "sign_in_passwords_output", {
      value: Object.fromEntries(passwords),
      sensitive: true,
      description: "Password of each stand-in user, by user name.",
    }).overrideLogicalId("sign_in_passwords");
  }

  /**
   * A password that Terraform makes while it applies, kept from then on: a prefix that fulfils Cognito's password
   * policy, and 128 random bits. No data source makes it: Terraform prints a data source's id, which may be the
   * password itself.
   */
  #generated(user: string): string {
    const kept = new DataResource(this, `Password-${profileOf(user)}`, {
      input: { password: Token.asString(Fn.sensitive(`Aa1.${Fn.uuid()}`)) },
      lifecycle: { ignoreChanges: ["input"] },
    });
    return Token.asString(propertyAccess(kept.output, ["password"]));
  }
}
