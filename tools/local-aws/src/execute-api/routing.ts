import type { ApiSnapshot, MethodModel, ResourceModel } from "./model";

/** The method that a request is routed to. */
export interface Route {
  readonly resource: ResourceModel;
  readonly method: MethodModel;
  /** Values of the path variables, percent-encoded as they were sent: API Gateway does not decode them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the most specific resource that has the method: fixed parts before variables, variables before greedy ones. */
export function findRoute(snapshot: ApiSnapshot, httpMethod: string, path: string): Route | undefined {
  const routes = snapshot.resources.flatMap((resource): (Route & { rank: string })[] => {
    const method = resource.methods.get(httpMethod) ?? resource.methods.get("ANY");
    const pathParameters = matchPath(resource.path, path);
    return method && pathParameters
      ? [{ resource, method, pathParameters, rank: rankOf(resource.path) }]
      : [];
  });
  return routes.sort((left, right) => (left.rank < right.rank ? -1 : 1))[0];
}

/** @returns the variables' values; undefined when the path does not match */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const parts = pattern.split("/").slice(1);
  const given = path.split("/").slice(1);
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1];
    if (greedy !== undefined) {
      const rest = given.slice(index).join("/");
      return rest === "" ? undefined : { ...values, [greedy]: rest };
    }
    const variable = /^\{(.+)\}$/.exec(part)?.[1];
    const value = given[index];
    if (value === undefined || (variable === undefined ? value !== part : value === "")) return undefined;
    if (variable !== undefined) values[variable] = value;
  }
  return given.length === parts.length ? values : undefined;
}

/** Sorts specific paths first. */
function rankOf(pattern: string): string {
  return pattern
    .split("/")
    .map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0"))
    .join("");
}
