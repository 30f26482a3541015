import type { ResourceInstance } from "@studio-access/terraform";

import type { Config } from "@studio-access/config";
import { accountIn, type Model } from "../model/model";
import { blocks, ofType, text } from "../model/attributes";
import { ask, together, type Circumstances } from "./asking";
import type { CellResult } from "./matrix";
import { ANYTHING, orUnknown, PolicyCache, FOREIGN_ACCOUNT } from "./policies";
import { fromAnywhere } from "./request-origins";
import { foreignCaller, inSomeRegion, ownAccounts, ownCaller, ownResource, sessionOf } from "./sessions";

type Setting = readonly [name: string, answer: () => CellResult];

/** Outcome for a table whose key is in the state, so that the key's policy is evaluated too. */
export const OWN_KEY = "a key of ours";

/** Actions that decrypt or encrypt with a key, or change who may. */
const ACTIONS = ["Decrypt", "GenerateDataKey", "CreateGrant", "PutKeyPolicy", "ScheduleKeyDeletion"];

/** The key that encrypts each table; and for each key the accounts besides its own that may use it, if there are any. */
export function keySettings(model: Model, config: Config): readonly Setting[] {
  const keys = ofType(model.resources, "aws_kms_key");
  const arns = new Set(keys.map((key) => text(key, "arn")));
  const tables = ofType(model.resources, "aws_dynamodb_table").map((table): Setting => {
    const arn = blocks(table, "server_side_encryption").map((block) => text(block, "kms_key_arn"))[0] ?? "";
    const outcome = arns.has(arn) ? OWN_KEY : arn || "a key of AWS's";
    return [keyRow(text(table, "name")), () => ({ outcome, reason: table.address })];
  });
  return [...tables, ...keys.flatMap((key) => keyGrants(key, config))];
}

export function keyRow(table: string): string {
  return `table ${table}: sealed with`;
}

/** Asks for a foreign account and for each account that the policy names, each with an identity policy that allows all. */
function keyGrants(key: ResourceInstance, config: Config): readonly Setting[] {
  const policy = text(key, "policy");
  if (policy === "") return [];
  const arn = text(key, "arn");
  const named = [...policy.matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([account]) => account);
  const others = new Set([FOREIGN_ACCOUNT, ...named].filter((account) => account !== accountIn(arn)));
  const cache = new PolicyCache();
  const own = ownAccounts(config);
  const caller = (account: string): Circumstances =>
    own.includes(account) ? ownCaller(config) : foreignCaller(config);
  const document = { name: `policy of ${key.address}`, json: policy };
  return [...others].flatMap((account): readonly Setting[] => {
    const answer = orUnknown(() => {
      const allowed = ACTIONS.filter(
        (action) =>
          ask({
            identityPolicies: [cache.policy(ANYTHING, "identity")],
            resourcePolicy: cache.policy(document, "resource"),
            principal: sessionOf(`arn:aws:iam::${account}:role/administrator`, undefined, config),
            action: `kms:${action}`,
            resource: arn,
            circumstances: together(
              fromAnywhere(),
              inSomeRegion(config),
              ownResource(config),
              caller(account),
            ),
          }).allowed,
      );
      return { outcome: allowed.join(", "), reason: document.name };
    });
    if (answer.outcome === "") return [];
    const whose = account === FOREIGN_ACCOUNT ? "a foreign account" : account;
    return [[`${key.stack}: key ${key.address} for ${whose}`, () => answer]];
  });
}
