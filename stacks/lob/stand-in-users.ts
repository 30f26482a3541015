import { CognitoUser } from "@cdktf/provider-aws/lib/cognito-user";
import { DataAwsSecretsmanagerRandomPassword } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-random-password";
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

import type { LineOfBusiness } from "../config/schema";

export interface StandInUsersProps {
  /** The shared-services account, which owns the user pool. */
  readonly provider: AwsProvider;
  readonly userPoolId: string;
  readonly lob: LineOfBusiness;
}

/**
 * Sign-ins of the LOB's users at the Cognito stand-in.
 *
 * Passwords come in as the sensitive variable `sign_in_passwords` (user name → password). Where none is given, AWS
 * generates one at the first apply, and the state keeps it.
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

    const passwords = lob.users.map((user) => {
      const password = Token.asString(Fn.lookup(given.value, user, this.#generated(user, provider)));
      new CognitoUser(this, `User-${user}`, {
        provider,
        userPoolId,
        username: user,
        password,
        messageAction: "SUPPRESS",
      });
      return [user, password] as const;
    });
    new TerraformOutput(this, "sign_in_passwords_output", {
      value: Object.fromEntries(passwords),
      sensitive: true,
      description: "Password of each stand-in user, by user name.",
    }).overrideLogicalId("sign_in_passwords");
  }

  /** A password that AWS made, kept from the first apply on: the data source makes a new one on every read. */
  #generated(user: string, provider: AwsProvider): string {
    const random = new DataAwsSecretsmanagerRandomPassword(this, `Random-${user}`, {
      provider,
      passwordLength: 24,
      requireEachIncludedType: true,
      // Characters that shells and JSON would want escaped.
      excludeCharacters: "\"'`\\$&<>|;(){}[]*?!~#%^ ",
    });
    const kept = new DataResource(this, `Password-${user}`, {
      // The provider does not mark it, and a plan would show it to whoever deploys.
      input: { password: Token.asString(Fn.sensitive(random.randomPassword)) },
      lifecycle: { ignoreChanges: ["input"] },
    });
    return Token.asString(propertyAccess(kept.output, ["password"]));
  }
}
