import { SESSION_NAME, type Organization, type Principal } from "../principal";
import { comparisonsOf, type Comparison, type Fills, type RawStatement } from "./elements";
import { textsOf } from "./glob-examples";
import { valuesOfKey } from "./key-values";

/** A principal, and what to call it. */
export interface KnownPrincipal {
  readonly principal: Principal;
  readonly words: string;
}

type Variation = (
  known: KnownPrincipal,
) => readonly (KnownPrincipal & { readonly conditions?: Record<string, string> })[];

function organizations(comparisons: readonly Comparison[], fills: Fills): readonly Organization[] {
  const of = (key: string): Comparison[] => comparisons.filter((one) => one.key.toLowerCase() === key);
  const [ids, paths] = [of("aws:principalorgid"), of("aws:principalorgpaths")];
  if (ids.length + paths.length === 0) return [];
  const byPath = paths.length === 0 ? [] : valuesOfKey(paths, fills);
  return [
    ...(ids.length === 0 ? [] : valuesOfKey(ids, fills)).map((id) => ({ id })),
    ...byPath.map((path) => ({ id: path.split("/")[0] ?? path, path })),
  ];
}

function inOrganizations(comparisons: readonly Comparison[], fills: Fills): Variation {
  const found = organizations(comparisons, fills);
  return (known) => {
    const { principal } = known;
    const takes = principal.type === "role_session" || principal.type === "user" || principal.type === "root";
    if (!takes) return [known];
    const members = found.map((organization) => ({
      ...known,
      principal: { ...principal, organization },
      words: `${known.words} (organization ${organization.path ?? organization.id})`,
    }));
    return [known, ...members];
  };
}

function withTag(key: string, comparisons: readonly Comparison[], fills: Fills): Variation {
  const tag = key.slice(key.indexOf("/") + 1);
  const own = comparisons.filter((one) => one.key.toLowerCase() === key.toLowerCase());
  const values = valuesOfKey(own, fills);
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session" && principal.type !== "user") return [known];
    const tagged = values.map((value) => ({
      ...known,
      principal: { ...principal, tags: { ...principal.tags, [tag]: value } },
      words: `${known.words} (tag ${tag} "${value}")`,
    }));
    return [known, ...tagged];
  };
}

function withSourceIdentity(comparisons: readonly Comparison[], fills: Fills): Variation {
  const values = valuesOfKey(comparisons, fills);
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session") return [known];
    const named = values.map((sourceIdentity) => ({
      ...known,
      principal: { ...principal, sourceIdentity },
      words: `${known.words} (source identity "${sourceIdentity}")`,
    }));
    return [known, ...named];
  };
}

/** Ids of roles that the statements name, and names of sessions, where an id tells them apart. */
export function withIds(statements: readonly RawStatement[]): Variation {
  const userIds = textsOf(
    statements
      .flatMap(comparisonsOf)
      .flatMap(({ key, values }) => (key.toLowerCase() === "aws:userid" ? values : [])),
  );
  const elements =
    JSON.stringify(statements.map(({ raw }) => raw["Principal"] ?? "")).match(/AROA[A-Z0-9]+/g) ?? [];
  const ids = [...new Set([...elements, ...userIds.flatMap((id) => id.split(":")[0] ?? [])])].filter(
    (id) => id !== "",
  );
  const names = new Set(
    userIds.map((id) => id.split(":")[1] ?? "").filter((name) => SESSION_NAME.test(name)),
  );
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session") return [known];
    const roleIds = principal.roleId === undefined ? ids : [principal.roleId];
    const variants = roleIds.flatMap((roleId) =>
      [principal.sessionName, ...names].map((sessionName) => ({
        ...known,
        principal: { ...principal, roleId, sessionName },
        words: `${known.words} (id ${roleId}:${sessionName})`,
      })),
    );
    return [known, ...variants];
  };
}

export function variationsOf(comparisons: readonly Comparison[], fills: Fills): readonly Variation[] {
  // A key that appears only as a variable is compared with nothing, but its value matters.
  const used = [...fills.keys()].map((key): Comparison => ({ operator: "Null", key, values: [] }));
  const all = [...comparisons, ...used];
  const keys = new Map(all.map(({ key }) => [key.toLowerCase(), key]));
  const tags = [...keys].filter(([key]) => key.startsWith("aws:principaltag/")).map(([, key]) => key);
  const identities = all.filter(({ key }) => key.toLowerCase() === "aws:sourceidentity");
  return [
    inOrganizations(all, fills),
    ...tags.map((tag) => withTag(tag, all, fills)),
    ...(identities.length === 0 ? [] : [withSourceIdentity(identities, fills)]),
  ];
}
