import { APIGatewayClient, GetAccountCommand } from "@aws-sdk/client-api-gateway";
import { namesFor } from "@studio-access/config";

import type { AccountClientSettings } from "../../environment/account-client";
import type { Facts } from "../facts";
import { fail, ok, warn, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";

const CHECK = "API Gateway's log role";

interface LogRoleFacts {
  /** ARN of the role that is set in the account and region; undefined for none. */
  readonly set: string | undefined;
  /** ARN of the role that the stack `access` makes. */
  readonly own: string;
  /** Whether the config leaves the setting to somebody else. */
  readonly isLeft: boolean;
}

/** API Gateway has one role for logs per account and region: setting it takes it from every other REST API there. */
function logRoleFinding(check: string, { set, own, isLeft }: LogRoleFacts): Finding {
  if (set === undefined)
    return isLeft
      ? fail(
          check,
          "none is set, and the config leaves it to somebody else: API Gateway refuses a stage with logs",
          "set one, or take apiGatewayLogRole out of the config",
        )
      : ok(check, "none is set yet");
  if (set === own)
    return isLeft
      ? warn(
          check,
          "this environment's own role is set, and the config leaves it to somebody else: the next deploy deletes it",
          "set another one first, or take apiGatewayLogRole out of the config",
        )
      : ok(check, "this environment's own");
  if (isLeft) return ok(check, `left as it is: ${set}`);
  return warn(
    check,
    `${set} is set, and a deploy replaces it for every REST API of the account in this region`,
    'write "apiGatewayLogRole": "leave" to keep it, if it may write all log groups of API Gateway',
  );
}

async function readLogRole(settings: AccountClientSettings): Promise<string | undefined> {
  const { cloudwatchRoleArn } = await new APIGatewayClient(settings).send(new GetAccountCommand());
  return cloudwatchRoleArn === "" ? undefined : cloudwatchRoleArn;
}

export function apiLogRoleCheck(facts: Facts, read = readLogRole): Check {
  return {
    name: CHECK,
    find: () =>
      perAccount(
        CHECK,
        facts,
        async ({ config, account, settings, check }) => [
          logRoleFinding(check, {
            set: await read(settings),
            own: namesFor(config.environment).roleArn(account.entry.id, "api-log-writer"),
            isLeft: config.apiGatewayLogRole === "leave",
          }),
        ],
        ({ sharedServices }) => [sharedServices],
      ),
  };
}
