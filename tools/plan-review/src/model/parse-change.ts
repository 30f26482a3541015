import { optionalEntry } from "./optional-entry";
import { readMarks } from "./marks";
import { isRecord, UnreadablePlan, type ChangeJson, type ResourceChangeJson } from "@studio-access/terraform";
import type { Action, Attributes, Change, ChangeKind, ResourceChange } from "./resource-change";
import type { DeclaredResource, ProviderConfig } from "./stack-plan";

/** Facts about a change that its own entry in the plan does not hold. */
export interface ChangeSurroundings {
  readonly stack: string;
  readonly declared: readonly DeclaredResource[];
  readonly providers: readonly ProviderConfig[];
  /** Why a change is left for a later run, by address. */
  readonly deferred: ReadonlyMap<string, string>;
}

/** The kind of a change by its actions, joined in Terraform's order. */
const KINDS: Readonly<Record<string, ChangeKind>> = {
  "no-op": "no-op",
  read: "read",
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  // The old resource stays in AWS, and a new one takes its place in the state.
  "create,forget": "replace",
};

/** @throws {UnreadablePlan} on actions that are not known: what they do cannot be judged */
export function asChange(json: ChangeJson, stack: string): Change {
  const kind = KINDS[json.actions.join()];
  if (kind === undefined)
    throw new UnreadablePlan(stack, `the actions ${JSON.stringify(json.actions)} are not known here`);
  return {
    actions: json.actions as readonly Action[],
    kind,
    before: json.before ?? null,
    after: json.after ?? null,
    afterUnknown: readMarks(json.after_unknown),
    beforeSensitive: readMarks(json.before_sensitive),
    afterSensitive: readMarks(json.after_sensitive),
  };
}

export function resourceChange(json: ResourceChangeJson, surroundings: ChangeSurroundings): ResourceChange {
  const { stack, declared, providers, deferred } = surroundings;
  const { address, mode, type, name, change, previous_address: movedFrom, action_reason: reason } = json;
  // An instance of a counted resource is declared without its key.
  const configured = declared.find(
    (entry) => entry.mode === mode && entry.type === type && entry.name === name,
  );
  const provider = providers.find(({ key }) => key === configured?.provider);
  const before = attributes(change.before);
  const after = attributes(change.after);
  const accountId = accountOf(provider, before ?? after);
  const { importing } = change;
  return {
    ...asChange(change, stack),
    stack,
    address,
    mode,
    type,
    name,
    before,
    after,
    providerSource: json.provider_name ?? provider?.source ?? "",
    replacePaths: change.replace_paths ?? [],
    ...optionalEntry("constructPath", configured?.constructPath),
    ...optionalEntry("provider", configured?.provider),
    ...optionalEntry("accountId", accountId),
    ...optionalEntry("reason", reason),
    ...optionalEntry("movedFrom", movedFrom === address ? undefined : movedFrom),
    ...optionalEntry(
      "importedId",
      importing === undefined || importing === null ? undefined : (importing.id ?? ""),
    ),
    ...optionalEntry("deferred", deferred.get(address)),
  };
}

function attributes(value: unknown): Attributes | null {
  return isRecord(value) ? value : null;
}

function accountOf(provider: ProviderConfig | undefined, values: Attributes | null): string | undefined {
  const [only, ...others] = provider?.accountIds ?? [];
  if (only !== undefined && others.length === 0) return only;
  const arn = values?.["arn"];
  const inArn = typeof arn === "string" ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
  const owner = values?.["owner_id"];
  return inArn ?? (typeof owner === "string" && /^\d{12}$/.test(owner) ? owner : undefined);
}
