import type { AwsCall } from "../server/call";
import { operationOf } from "../server/parse-call";
import { membersOf, type Operation, type ServiceModel } from "./service-model";

/** An operation that a call asks for, with the values in its path. */
export interface CalledOperation {
  readonly operation: Operation;
  /** Values of the members in the path, by their place in it. */
  readonly labels: Readonly<Record<string, string>>;
}

interface Route {
  readonly operation: Operation;
  readonly path: RegExp;
  /** Parameters of the query that distinguish operations of one path, as in `/{Bucket}?tagging`. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Parameters and headers that a call of the operation never lacks. */
  readonly required: readonly Place[];
  /** Fixed parts of the path, by which `/functions/{name}/policy` is preferred to `/functions/{name}`. */
  readonly fixed: number;
}

interface Place {
  readonly location: "querystring" | "header";
  readonly name: string;
}

/** Finds the operation of a service's calls. */
export class OperationFinder {
  readonly #model: ServiceModel;
  readonly #routes: ReadonlyMap<string, readonly Route[]>;

  constructor(model: ServiceModel) {
    this.#model = model;
    this.#routes = model.metadata.protocol.startsWith("rest-") ? routesOf(model) : new Map();
  }

  /** @returns undefined when the model has no such operation */
  find(call: AwsCall): CalledOperation | undefined {
    if (this.#model.metadata.protocol.startsWith("rest-")) return this.#byPath(call);
    const target = call.headers["x-amz-target"];
    const prefix = this.#model.metadata.targetPrefix;
    if (typeof target === "string" && prefix !== undefined && !target.startsWith(`${prefix}.`))
      return undefined;
    const name = RPC.exec(call.url.pathname)?.[1] ?? operationOf(call);
    const operation = Object.hasOwn(this.#model.operations, name) ? this.#model.operations[name] : undefined;
    return operation && { operation, labels: {} };
  }

  #byPath(call: AwsCall): CalledOperation | undefined {
    const path = call.url.pathname;
    const matches = (this.#routes.get(call.method) ?? []).flatMap((route) => {
      const labels = route.path.exec(path)?.groups;
      const asked = route.query.every(([name, value]) => queryHas(call, name, value));
      return (labels || route.path.test(path)) && asked ? [{ route, labels: labels ?? {} }] : [];
    });
    // One path may serve several operations of S3. Those whose own parameters are there come first.
    const called =
      matches.find(({ route }) => route.required.every((place) => has(call, place))) ?? matches[0];
    return called && { operation: called.route.operation, labels: decoded(called.labels) };
  }
}

/** Smithy's RPC protocol names the operation in the path. */
const RPC = /^\/service\/[^/]+\/operation\/(\w+)$/;

function queryHas({ url }: AwsCall, name: string, value: string): boolean {
  return value === "" ? url.searchParams.has(name) : url.searchParams.get(name) === value;
}

function has({ url, headers }: AwsCall, { location, name }: Place): boolean {
  return location === "header" ? headers[name] !== undefined : url.searchParams.has(name);
}

/** Labels by their own names, unescaped. */
function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([group, text]) => [labelOf(group), unescaped(text)]));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function routesOf(model: ServiceModel): Map<string, Route[]> {
  const routes = Object.values(model.operations).map((operation) => routeOf(model, operation));
  // With the same parameters the shorter name is the common one: ListBuckets, not ListDirectoryBuckets.
  routes.sort(
    (left, right) =>
      right.fixed - left.fixed ||
      right.query.length - left.query.length ||
      right.required.length - left.required.length ||
      Number(left.operation.deprecated ?? false) - Number(right.operation.deprecated ?? false) ||
      left.operation.name.length - right.operation.name.length,
  );
  const byMethod = new Map<string, Route[]>();
  for (const route of routes) {
    const { method } = route.operation.http;
    byMethod.set(method, [...(byMethod.get(method) ?? []), route]);
  }
  return byMethod;
}

function routeOf(model: ServiceModel, operation: Operation): Route {
  const [path = "", query = ""] = operation.http.requestUri.split("?");
  const input = operation.input && model.shapes[operation.input.shape];
  const required = membersOf(input ?? { type: "structure" }).flatMap(([name, member]): Place[] => {
    const { location, locationName = name } = member;
    if (input?.required?.includes(name) !== true) return [];
    if (location === "querystring") return [{ location, name: locationName }];
    return location === "header" ? [{ location, name: locationName.toLowerCase() }] : [];
  });
  return {
    operation,
    path: pathPattern(path),
    query: [...new URLSearchParams(query)],
    required,
    fixed: path.split("/").filter((part) => part !== "" && !part.startsWith("{")).length,
  };
}

/** `/functions/{FunctionName}/policy`; a label with a plus may hold slashes. */
function pathPattern(template: string): RegExp {
  const source = template
    .replace(/\/$/, "")
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const [, label, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      if (label === undefined) return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
      return `(?<${groupOf(label)}>${greedy === "+" ? ".+" : "[^/]+"})`;
    });
  return new RegExp(`^${source.join("")}/?$`, "s");
}

/** A group's name takes no dash. */
function groupOf(label: string): string {
  return label.replaceAll("-", "$");
}

function labelOf(group: string): string {
  return group.replaceAll("$", "-");
}
