import type { Fixed, TypeRules } from "./rules";
import { ACCESS } from "./table/access";
import { ACCOUNTS } from "./table/accounts";
import { ENDPOINTS } from "./table/endpoints";
import { IDENTITY } from "./table/identity";
import { LOGS } from "./table/logs";
import { NAMES } from "./table/names";
import { NETWORK } from "./table/network";
import { TRANSIT } from "./table/transit";

/** Every resource type that the stacks use. */
export const TABLE: Readonly<Record<string, TypeRules>> = {
  ...NETWORK,
  ...TRANSIT,
  ...ENDPOINTS,
  ...NAMES,
  ...ACCESS,
  ...IDENTITY,
  ...LOGS,
  ...ACCOUNTS,
};

/** What holds for every type that has such an attribute. */
const FREE_EVERYWHERE: NonNullable<TypeRules["free"]> = {
  assigned: "id arn",
  label: "tags tags_all description comment",
  "how long Terraform waits": "timeouts",
};
const FIXED_EVERYWHERE: NonNullable<TypeRules["fixed"]> = { owner_id: ({ account }) => account };

/** What becomes of an attribute; of one that the table does not name: it must not be set. */
export type Fate =
  | { readonly kind: "modelled" }
  | { readonly kind: "fixed"; readonly value: Fixed }
  | { readonly kind: "free"; readonly reason: string };

export type Fates = ReadonlyMap<string, Fate>;

const compiled = new Map<string, Fates>();

/** The fates of a type's attributes, by path. @returns undefined for a type that the table does not know */
export function fatesOf(type: string): Fates | undefined {
  const rules = TABLE[type];
  if (rules === undefined) return undefined;
  const known = compiled.get(type) ?? compile(rules);
  compiled.set(type, known);
  return known;
}

function compile({ modelled = "", fixed = {}, free = {} }: TypeRules): Fates {
  return new Map<string, Fate>([
    ...freePaths(FREE_EVERYWHERE),
    ...fixedPaths(FIXED_EVERYWHERE),
    ...freePaths(free),
    ...words(modelled).map((path) => [path, { kind: "modelled" }] as const),
    ...fixedPaths(fixed),
  ]);
}

function freePaths(free: NonNullable<TypeRules["free"]>): readonly (readonly [string, Fate])[] {
  return Object.entries(free).flatMap(([reason, paths]) =>
    words(paths).map((path) => [path, { kind: "free", reason }] as const),
  );
}

function fixedPaths(fixed: NonNullable<TypeRules["fixed"]>): readonly (readonly [string, Fate])[] {
  return Object.entries(fixed).map(([path, value]) => [path, { kind: "fixed", value }] as const);
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The fate of an attribute, or of what it stands in; undefined: it must not be set. */
export function fateOf(fates: Fates, path: string): Fate | undefined {
  const own = fates.get(path);
  const end = path.lastIndexOf(".");
  return own ?? (end < 0 ? undefined : fateOf(fates, path.slice(0, end)));
}

/** Numbers of attributes by what becomes of them, of the provider's schema. */
export interface AttributeCounts {
  readonly types: number;
  readonly modelled: number;
  readonly fixed: number;
  readonly free: number;
  /** Those that must not be set. */
  readonly unset: number;
}

export function attributeCounts(
  schema: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): AttributeCounts {
  const counts = { modelled: 0, fixed: 0, free: 0, unset: 0 };
  for (const [type, paths] of Object.entries(schema)) {
    const fates = fatesOf(type) ?? new Map<string, Fate>();
    for (const path of Object.keys(paths)) {
      const below = [...fates.keys()].some((known) => known.startsWith(`${path}.`));
      counts[fateOf(fates, path)?.kind ?? (below ? "fixed" : "unset")] += 1;
    }
  }
  return { types: Object.keys(schema).length, ...counts };
}
