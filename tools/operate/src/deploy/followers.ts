import { namedAccounts, type Config } from "@studio-access/config";
import {
  changes,
  countsOf,
  countsText,
  terraformErrors,
  type ResourceChange,
  type StackPlan,
} from "@studio-access/plan-review";

/** Places that are named for one reason; the plan has the others. */
const MOST_PLACES = 3;

/**
 * Says which other stacks have changes, and what changes in them, as their plans show it; undefined where none has any.
 *
 * @param plans plans of deployed stacks that were not part of the deploy
 */
export function followersText(plans: readonly StackPlan[], config: Config): string | undefined {
  const following = plans.filter((plan) => plan.failure === undefined && changes(plan));
  const unknown = plans.filter(({ failure }) => failure !== undefined);
  const lines = following.flatMap((plan) => [
    `  ${plan.stack}: ${countsText(countsOf(plan))}`,
    ...reasonsIn(plan, config).map((reason) => `    ${reason}`),
  ]);
  const said = [
    ...(following.length === 0
      ? []
      : [
          "Still to be deployed, since the config or what was applied changes them too:",
          ...lines,
          `Deploy them: ./studio deploy ${following.map(({ stack }) => stack).join(" ")}`,
        ]),
    ...unknown.map(
      ({ stack, failure }) =>
        `Whether ${stack} has changes is not known: ${terraformErrors(failure?.message ?? "").replaceAll("\n", "\n    ")}`,
    ),
  ];
  return said.length === 0 ? undefined : said.join("\n");
}

/** What changes, with the places where it does: `now names account 444455556666 (lob-c): Endpoints/Policy-sts`. */
function reasonsIn({ stack, resources, outputs }: StackPlan, config: Config): readonly string[] {
  const places = new Map<string, string[]>();
  const add = (reason: string, place: string): void => {
    places.set(reason, [...(places.get(reason) ?? []), place]);
  };
  for (const change of resources.filter(({ mode, kind }) => mode === "managed" && kind !== "no-op"))
    add(reasonOf(change, config), placeOf(change, stack));
  for (const { name } of outputs.filter(({ kind }) => kind !== "no-op")) add("output changes", name);
  return [...places].map(([reason, where]) => {
    const more = where.length > MOST_PLACES ? ` and ${where.length - MOST_PLACES} more` : "";
    return `${reason}: ${where.slice(0, MOST_PLACES).join(", ")}${more}`;
  });
}

function placeOf({ constructPath, address }: ResourceChange, stack: string): string {
  return constructPath?.replace(`${stack}/`, "") ?? address;
}

/** Names of attributes and ids of accounts are no secrets; no other value is shown. */
function reasonOf({ kind, before, after, afterUnknown }: ResourceChange, config: Config): string {
  if (kind !== "update") return `to ${kind}`;
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  const accounts = (from: string, to: string): string =>
    namedAccounts(config)
      .filter(({ entry: { id } }) => to.includes(id) && !from.includes(id))
      .map(({ name, entry: { id } }) => `${id} (${name})`)
      .join(", ");
  if (accounts(was, is) !== "") return `now names account ${accounts(was, is)}`;
  if (accounts(is, was) !== "" && afterUnknown === false)
    return `no longer names account ${accounts(is, was)}`;
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names].filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  return `changes ${changed.join(", ")}`;
}
