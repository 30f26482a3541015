import type { AwsCall } from "./call";

/** Parameters of a Query-protocol call (EC2, IAM, STS), from the body or, for GET, from the URL. */
export function formOf(call: Pick<AwsCall, "method" | "url" | "body">): URLSearchParams {
  return call.method === "GET" ? call.url.searchParams : new URLSearchParams(call.body.toString("utf8"));
}

/** Values of a list: `SubnetIds.1`, `SubnetIds.2`, … EC2 also accepts and sends the singular spelling. */
export function listOf(form: URLSearchParams, ...names: readonly string[]): string[] {
  return numbered(form, names, "").map(([, value]) => value);
}

/** Values of a list in IAM's and STS's spelling: `NAME.member.1`, or `NAME.member.1SUFFIX` for a list of structures. */
export function membersOf(form: URLSearchParams, name: string, suffix = ""): string[] {
  return numbered(form, [`${name}.member`], suffix).map(([, value]) => value);
}

/** `Filter.N.Name` with its `Filter.N.Value.M`. */
export function filtersOf(form: URLSearchParams): Map<string, string[]> {
  return new Map(
    numbered(form, ["Filter"], ".Name").map(([index, name]) => [name, listOf(form, `Filter.${index}.Value`)]),
  );
}

/** Tags written as `PREFIX.N.Key` and `PREFIX.N.Value`. */
export function tagsOf(form: URLSearchParams, prefix: string): Map<string, string> {
  const keys = numbered(form, [prefix], ".Key");
  return new Map(keys.map(([index, key]) => [key, form.get(`${prefix}.${index}.Value`) ?? ""]));
}

/** The reverse of {@link tagsOf}, as parameters. */
export function tagParameters(tags: ReadonlyMap<string, string>): Record<string, string> {
  const entries = [...tags].flatMap(([key, value], index) => [
    [`Tag.${index + 1}.Key`, key],
    [`Tag.${index + 1}.Value`, value],
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A required parameter; empty when it is missing, so that it matches nothing. */
export function parameter(form: URLSearchParams, name: string): string {
  return form.get(name) ?? "";
}

/** Entries `NAME.<number>SUFFIX`, by number. */
function numbered(
  form: URLSearchParams,
  names: readonly string[],
  suffix: string,
): [index: string, value: string][] {
  const found = [...form].flatMap(([key, value]): [string, string][] => {
    const name = names.find((candidate) => key.startsWith(`${candidate}.`) && key.endsWith(suffix));
    if (name === undefined) return [];
    const index = key.slice(name.length + 1, key.length - suffix.length);
    return /^\d+$/.test(index) ? [[index, value]] : [];
  });
  return found.sort(([left], [right]) => Number(left) - Number(right));
}
