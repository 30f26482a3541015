import { isPrincipalKey, principalKeys } from "../principal-keys";
import { resolvePrincipal, SESSION_NAME, type Principal } from "../principal";
import type { RequestContext } from "../request";

/** The value of a condition key in a request; undefined: the request has no such key. */
export type SentValue = string | readonly string[] | undefined;

const TAG = "aws:principaltag/";

/** Whether the principal settles the value of a key, or that there is none. */
export function followsFrom(principal: Principal, key: string): boolean {
  if (key === "aws:userid") {
    if (principal.type === "role_session") return principal.roleId !== undefined;
    return principal.type !== "user" || principal.userId !== undefined;
  }
  const isIdentity = principal.type === "role_session" || principal.type === "user";
  if (key === "aws:principalorgid" || key === "aws:principalorgpaths") {
    if (!isIdentity && principal.type !== "root") return true;
    const { organization } = principal;
    return key === "aws:principalorgid" ? organization !== undefined : organization?.path !== undefined;
  }
  if (!key.startsWith(TAG)) return isPrincipalKey(key);
  const tags = isIdentity ? Object.keys(principal.tags ?? {}) : [];
  return !isIdentity || tags.some((tag) => tag.toLowerCase() === key.slice(TAG.length));
}

/** The principal and the context of a request with these keys. */
export function withKeys(
  principal: Principal,
  context: RequestContext,
  sent: ReadonlyMap<string, SentValue>,
): { readonly principal: Principal; readonly context: RequestContext } {
  let caller = principal;
  const values: Record<string, string | readonly string[]> = { ...context };
  for (const [key, value] of sent) {
    if (value === undefined) continue;
    if (isPrincipalKey(key))
      caller = withKey(caller, key, typeof value === "string" ? value : (value[0] ?? ""));
    else values[key] = value;
  }
  return { principal: caller, context: values };
}

function withKey(principal: Principal, key: string, value: string): Principal {
  if (principal.type !== "role_session" && principal.type !== "user" && principal.type !== "root")
    return principal;
  if (key === "aws:principalorgid")
    return { ...principal, organization: { ...principal.organization, id: value } };
  if (key === "aws:principalorgpaths")
    return {
      ...principal,
      organization: { id: value.split("/")[0] ?? value, ...principal.organization, path: value },
    };
  if (principal.type === "root") return principal;
  if (key.startsWith(TAG))
    return { ...principal, tags: { ...principal.tags, [key.slice(TAG.length)]: value } };
  if (key !== "aws:userid") return principal;
  if (principal.type === "user") return { ...principal, userId: value };
  const [roleId = "", sessionName = ""] = value.split(":");
  return SESSION_NAME.test(sessionName) ? { ...principal, roleId, sessionName } : { ...principal, roleId };
}

/** The single values of the keys that the principal and the question settle. */
export function requestValues(
  principal: Principal,
  stated: ReadonlyMap<string, SentValue>,
): ReadonlyMap<string, string> {
  const all = [...principalKeys(resolvePrincipal(principal)), ...stated];
  return new Map(
    all.flatMap(([key, value]) => {
      const single = typeof value === "string" ? value : value?.[0];
      return single === undefined ? [] : [[key, single] as const];
    }),
  );
}
