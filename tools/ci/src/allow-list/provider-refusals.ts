import { fullSource, type AllowList } from "./allow-list";
import { blocksOf, isJson, type Json } from "./refusal";

type Found = readonly (readonly [place: string, reason: string])[];

const BUILT_IN = "terraform.io/builtin/terraform";

/** Local names of the stack's providers with their sources. */
function providerSources(stack: Json): ReadonlyMap<string, string> {
  const required = blocksOf(stack["terraform"]).flatMap((block) => blocksOf(block["required_providers"]));
  const found = required.flatMap((providers) =>
    Object.entries(providers).map(([name, value]): [string, string] => {
      const source = isJson(value) && typeof value["source"] === "string" ? value["source"] : name;
      return [name, fullSource(source)];
    }),
  );
  return new Map([["terraform", BUILT_IN], ...found]);
}

function sourceRefusals(stack: Json, allowed: AllowList): Found {
  return [...providerSources(stack)]
    .filter(([, source]) => !allowed.providers.includes(source))
    .map(([name, source]) => [
      `terraform.required_providers.${name}`,
      `the provider ${source} is not allowed: it is a program that would run at plan time`,
    ]);
}

/** Any other argument can send the credentials, or data that they can read, to another place. */
const AWS_ARGUMENTS = new Set([
  "alias",
  "allowed_account_ids",
  "assume_role",
  "default_tags",
  "profile",
  "region",
]);

function blockRefusals(name: string, block: Json): Found {
  const place = `provider.${name}${typeof block["alias"] === "string" ? `.${block["alias"]}` : ""}`;
  const strange = Object.keys(block).filter((argument) => argument !== "//" && !AWS_ARGUMENTS.has(argument));
  const ids = block["allowed_account_ids"];
  return [
    ...strange.map((argument): [string, string] => [
      `${place}.${argument}`,
      "this setting of a provider is not allowed: it could send the credentials to another place",
    ]),
    ...(Array.isArray(ids) && ids.length === 1
      ? []
      : [[place, "allowed_account_ids does not name one account"] as const]),
  ];
}

/** Refuses providers, and arguments of their blocks, that are not allowed. */
export function providerRefusals(stack: Json, allowed: AllowList): Found {
  const sources = providerSources(stack);
  const blocks = blocksOf(stack["provider"]).flatMap((providers) => Object.entries(providers));
  return [
    ...sourceRefusals(stack, allowed),
    ...blocks.flatMap(([name, value]): Found => {
      const source = sources.get(name) ?? fullSource(name);
      if (!allowed.providers.includes(source))
        return [[`provider.${name}`, `the provider ${source} is not allowed`]];
      return blocksOf(value).flatMap((block) => blockRefusals(name, block));
    }),
  ];
}

/** Whether the provider that a type belongs to by its name is allowed. */
export function providerOfType(type: string, stack: Json): string {
  const [name = ""] = type.split("_");
  return providerSources(stack).get(name) ?? fullSource(name);
}
