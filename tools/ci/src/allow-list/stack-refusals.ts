import { ALLOW_LIST, type AllowList } from "./allow-list";
import { providerOfType, providerRefusals } from "./provider-refusals";
import { blocksOf, isJson, labelled, textsIn, type Json, type Refusal } from "./refusal";

type Found = readonly (readonly [place: string, reason: string])[];

const TOP_LEVEL = new Set([
  "//",
  "data",
  "import",
  "locals",
  "moved",
  "output",
  "provider",
  "removed",
  "resource",
  "terraform",
  "variable",
]);

const WHY: Readonly<Record<string, string>> = {
  module: "a module brings code from elsewhere",
  ephemeral: "ephemeral resources are opened at plan time",
  check: "a check may hold a data source of its own",
  action: "an action runs a program",
};

function topLevel(stack: Json): Found {
  return Object.keys(stack)
    .filter((key) => !TOP_LEVEL.has(key))
    .map((key) => [key, WHY[key] ?? "no stack of ours has this block"]);
}

const SETTINGS = new Set(["//", "backend", "required_providers", "required_version"]);

/** Backends by type alone, without the place of the state: every stack has the same type. */
function terraformBlock(stack: Json, allowed: AllowList): Found {
  return blocksOf(stack["terraform"]).flatMap((block): Found => {
    const strange = Object.keys(block).filter((key) => !SETTINGS.has(key));
    const backends = blocksOf(block["backend"]).flatMap((backend) => Object.keys(backend));
    return [
      ...strange.map((key): [string, string] => [`terraform.${key}`, "no stack of ours has this setting"]),
      ...backends
        .filter((type) => !allowed.backends.includes(type))
        .map((type): [string, string] => [`terraform.backend.${type}`, "states are not kept there"]),
    ];
  });
}

function dataSources(stack: Json, allowed: AllowList): Found {
  return labelled(stack["data"]).flatMap(([type, name, body]): Found => {
    const place = `data.${type}.${name}`;
    if (!allowed.dataSources.includes(type))
      return [[place, "this data source is not allowed: it is read at plan time"]];
    // AWS's own parameters are public; others may be secrets, which would be in the plan.
    if (type === "aws_ssm_parameter" && !String(body["name"]).startsWith("/aws/service/"))
      return [[place, "it reads a parameter that is not one of AWS's own"]];
    const backend = body["backend"];
    const isElsewhere =
      type === "terraform_remote_state" &&
      !(typeof backend === "string" && allowed.backends.includes(backend));
    return isElsewhere ? [[`${place}.backend`, "states are not kept there"]] : [];
  });
}

/** `ignore_changes` on these types would hide a change of permissions from every plan. */
function ignoresRights(body: Json): boolean {
  const ignored = blocksOf(body["lifecycle"]).map((lifecycle) => lifecycle["ignore_changes"]);
  return ignored.some(
    (paths) =>
      paths === "all" ||
      (Array.isArray(paths) &&
        paths.some((path) => /^all$|polic|permission|principal|cidr|authoriz/.test(String(path)))),
  );
}

function resources(stack: Json, allowed: AllowList): Found {
  return labelled(stack["resource"]).flatMap(([type, name, body]): Found => {
    const place = `resource.${type}.${name}`;
    const source = providerOfType(type, stack);
    return [
      ...(allowed.providers.includes(source)
        ? []
        : [[place, `the provider ${source} is not allowed`] as const]),
      ...("provisioner" in body
        ? [[`${place}.provisioner`, "a provisioner runs a program at apply"] as const]
        : []),
      ...("connection" in body
        ? [[`${place}.connection`, "a connection is for a provisioner alone"] as const]
        : []),
      ...(ignoresRights(body)
        ? [[`${place}.lifecycle.ignore_changes`, "changes of rights would never be shown again"] as const]
        : []),
    ];
  });
}

// These functions read files of the machine that plans; a provider's own functions run its program.
const FUNCTIONS =
  /\b(file(?:base64|exists|set|md5|sha1|sha256|sha512|base64sha256|base64sha512)?|templatefile|templatestring|pathexpand)\s*\(|\bprovider::/;

function expressions(stack: Json): Found {
  return Object.entries(stack)
    .filter(([key]) => key !== "//")
    .flatMap(([key, value]) => textsIn(value, key))
    .flatMap(([place, text]): Found => {
      const called = /[$%]\{/.test(text) ? FUNCTIONS.exec(text)?.[0] : undefined;
      return called === undefined
        ? []
        : [[place, `${called.replace(/\s*\($/, "(…)")} reads files of the machine that plans`]];
    });
}

/**
 * Why a synthesized stack must not be planned: it would run code, reach other places or read files at plan time. Pure.
 * It needs no plan, because planning already runs the code.
 *
 * @param json the parsed `cdk.tf.json`
 */
export function stackRefusals(
  stack: string,
  json: unknown,
  allowed: AllowList = ALLOW_LIST,
): readonly Refusal[] {
  if (!isJson(json)) return [{ stack, place: "cdk.tf.json", reason: "it is no JSON object" }];
  const found = [
    ...topLevel(json),
    ...terraformBlock(json, allowed),
    ...providerRefusals(json, allowed),
    ...dataSources(json, allowed),
    ...resources(json, allowed),
    ...expressions(json),
  ];
  return found.map(([place, reason]) => ({ stack, place, reason }));
}

const REFERENCE = /^cross-stack-reference-input-(.+)$/;

function ownBackend(json: unknown): unknown {
  const terraform = isJson(json) ? blocksOf(json["terraform"]) : [];
  return terraform.flatMap((block) => blocksOf(block["backend"])).flatMap((types) => Object.values(types))[0];
}

function placeOf(backend: unknown): string {
  const settings = isJson(backend) ? backend : {};
  return ["bucket", "key", "path"].map((name) => JSON.stringify(settings[name] ?? null)).join(" ");
}

/** Refuses references that carry the name of one stack and read the state of another. */
export function referenceRefusals(stacks: ReadonlyMap<string, unknown>): readonly Refusal[] {
  return [...stacks].flatMap(([stack, json]) => {
    const read = labelled(isJson(json) ? json["data"] : undefined).filter(
      ([type]) => type === "terraform_remote_state",
    );
    return read.flatMap(([type, name, body]): readonly Refusal[] => {
      const other = REFERENCE.exec(name)?.[1] ?? "";
      const isThere = stacks.has(other) && placeOf(ownBackend(stacks.get(other))) === placeOf(body["config"]);
      // Some of the stacks may be checked alone; the places of the others' states are then unknown.
      if (isThere || (REFERENCE.test(name) && !stacks.has(other))) return [];
      return [{ stack, place: `data.${type}.${name}`, reason: "it reads a state that is not that stack's" }];
    });
  });
}

// The backend settings that differ between stacks; all other settings are the same.
const OWN_PLACE = new Set(["key", "path", "workspace_key_prefix"]);

function backendOf(json: unknown): string {
  const terraform = isJson(json) ? blocksOf(json["terraform"]) : [];
  const backends = terraform.flatMap((block) => blocksOf(block["backend"]));
  return JSON.stringify(
    backends.map((types) =>
      Object.entries(types).map(([type, settings]) => [
        type,
        Object.entries(isJson(settings) ? settings : {})
          .filter(([key]) => !OWN_PLACE.has(key))
          .sort(([a], [b]) => a.localeCompare(b)),
      ]),
    ),
  );
}

/**
 * Refuses stacks whose state would be kept in another place than that of most stacks. The stack that makes the bucket
 * itself (`state`) keeps its own on disk.
 */
export function backendRefusals(stacks: ReadonlyMap<string, unknown>): readonly Refusal[] {
  const backends = [...stacks]
    .filter(([name]) => name !== "state")
    .map(([name, json]) => [name, backendOf(json)] as const);
  const counts = new Map<string, number>();
  for (const [, backend] of backends) counts.set(backend, (counts.get(backend) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return backends
    .filter(([, backend]) => backend !== usual)
    .map(([stack]) => ({
      stack,
      place: "terraform.backend",
      reason: "its state would be kept elsewhere than the other stacks'",
    }));
}
