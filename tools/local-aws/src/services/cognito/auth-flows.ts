import { AwsError, notImplemented } from "../../server/aws-error";
import type { ClientSettings } from "./pool-directory";

/** Setting of the client that each flow needs: its current name, and its name in old clients. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ADMIN_USER_PASSWORD_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  ADMIN_NO_SRP_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  CUSTOM_AUTH: ["ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"],
  REFRESH_TOKEN: ["ALLOW_REFRESH_TOKEN_AUTH"],
  REFRESH_TOKEN_AUTH: ["ALLOW_REFRESH_TOKEN_AUTH"],
  USER_AUTH: ["ALLOW_USER_AUTH"],
  USER_PASSWORD_AUTH: ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
  USER_SRP_AUTH: ["ALLOW_USER_SRP_AUTH"],
};

/** Flows that a client allows when it names none. */
const DEFAULT_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

/** Flows in which moto signs every user in: its SRP does not check the password. */
const UNCHECKED_BY_MOTO = new Set(["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH"]);

/**
 * @throws {AwsError} `InvalidParameterException` for a flow that the client does not allow; `NotImplemented` for one
 *   in which moto does not check the user
 */
export function requireFlow(client: ClientSettings, flow: string): void {
  const allowed = client.ExplicitAuthFlows?.length ? client.ExplicitAuthFlows : DEFAULT_FLOWS;
  const needed = NEEDED[flow] ?? [];
  if (!needed.some((setting) => allowed.includes(setting))) {
    throw new AwsError("InvalidParameterException", `${flow} flow not enabled for this client`);
  }
  if (UNCHECKED_BY_MOTO.has(flow)) {
    throw notImplemented(
      "cognito-idp",
      "InitiateAuth",
      `moto does not check the user in ${flow}; use USER_PASSWORD_AUTH`,
    );
  }
}
