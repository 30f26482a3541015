/** The actions and condition keys that the evaluator knows. */
export interface Catalog {
  hasService(service: string): boolean;
  /** @param name the action's name without the service, in any case */
  action(service: string, name: string): ActionDefinition | undefined;
  /** Every action of a service; empty for an unknown service. */
  actions(service: string): readonly ActionDefinition[];
  /** @param key the whole condition key, in any case, with its tag key: `aws:RequestTag/user` */
  conditionKey(key: string): ConditionKeyDefinition | undefined;
}

export interface ActionDefinition {
  readonly name: string;
  /** `none`: the action is authorized on `*` alone. `required`: always on a resource. */
  readonly resources: "none" | "optional" | "required";
}

interface ConditionKeyDefinition {
  readonly name: string;
  /** Whether a request may hold several values, so that a policy needs ForAllValues or ForAnyValue. */
  readonly multivalued: boolean;
}

/** The facts of one service, as a data source gives them. */
export interface ServiceFacts {
  readonly actions: readonly ActionDefinition[];
  /** Names may hold placeholders: `aws:ResourceTag/${TagKey}`. */
  readonly conditionKeys: readonly ConditionKeyDefinition[];
}

/** Where the facts come from. `service` is called at most once per service. */
export interface CatalogSource {
  readonly services: readonly string[];
  readonly globalKeys: readonly ConditionKeyDefinition[];
  /** The services whose requests have keys with a prefix that names no service, such as `saml`. */
  servicesOfPrefix(prefix: string): readonly string[];
  service(service: string): ServiceFacts;
}

// Every OpenID Connect provider has these keys, under its own name: `token.actions.githubusercontent.com:sub`.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
const FEDERATION_KEY = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^:]+)?:(aud|sub|amr|email|oaud)$/;

function federationKey(lowerCaseKey: string): ConditionKeyDefinition | undefined {
  const claim = FEDERATION_KEY.exec(lowerCaseKey)?.[1];
  return claim === undefined ? undefined : { name: lowerCaseKey, multivalued: claim === "amr" };
}

type KeyFinder = (lowerCaseKey: string) => ConditionKeyDefinition | undefined;

function keyFinder(definitions: readonly ConditionKeyDefinition[]): KeyFinder {
  const exact = new Map<string, ConditionKeyDefinition>();
  const templates: { readonly pattern: RegExp; readonly definition: ConditionKeyDefinition }[] = [];
  for (const definition of definitions) {
    const name = definition.name.toLowerCase();
    if (!name.includes("${")) exact.set(name, definition);
    else {
      const escaped = name.split(/\$\{[^}]*\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
      templates.push({ pattern: new RegExp(`^${escaped.join(".+")}$`), definition });
    }
  }
  return (key) => exact.get(key) ?? templates.find(({ pattern }) => pattern.test(key))?.definition;
}

interface Service {
  readonly actions: ReadonlyMap<string, ActionDefinition>;
  readonly findKey: KeyFinder;
}

export function createCatalog(source: CatalogSource): Catalog {
  const known = new Set(source.services);
  const findGlobal = keyFinder(source.globalKeys);
  const loaded = new Map<string, Service>();

  function load(name: string): Service {
    const facts = source.service(name);
    const service = {
      actions: new Map(facts.actions.map((action) => [action.name.toLowerCase(), action])),
      findKey: keyFinder(facts.conditionKeys),
    };
    loaded.set(name, service);
    return service;
  }

  function service(name: string): Service | undefined {
    const key = name.toLowerCase();
    return loaded.get(key) ?? (known.has(key) ? load(key) : undefined);
  }

  return {
    hasService: (name) => known.has(name.toLowerCase()),
    action: (name, action) => service(name)?.actions.get(action.toLowerCase()),
    actions: (name) => [...(service(name)?.actions.values() ?? [])],
    conditionKey(key) {
      const lower = key.toLowerCase();
      const global = findGlobal(lower);
      if (global !== undefined || lower.startsWith("aws:")) return global;
      const prefix = lower.slice(0, Math.max(lower.indexOf(":"), 0));
      const owners = known.has(prefix) ? [prefix] : source.servicesOfPrefix(prefix);
      for (const owner of owners) {
        const found = service(owner)?.findKey(lower);
        if (found !== undefined) return found;
      }
      return federationKey(lower);
    },
  };
}
