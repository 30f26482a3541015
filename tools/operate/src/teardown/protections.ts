import type { DomainSurvey } from "./domain-survey";
import { ofType, type StateResource } from "./stacks";

/** Something that holds data and is kept from deletion. A teardown never lifts that itself. */
export interface Protection {
  readonly stack: string;
  /** For people: `table studio-access-prod-users`. */
  readonly what: string;
  /** `config`: the config keeps it. `deployed`: AWS still does, though the config no longer says so. */
  readonly by: "config" | "deployed";
}

/** Types of resource with AWS's own protection from deletion, and the attribute that says whether it is on. */
const PROTECTABLE = [
  { type: "aws_dynamodb_table", noun: "table", attribute: "deletion_protection_enabled", on: "true" },
  { type: "aws_cognito_user_pool", noun: "user pool", attribute: "deletion_protection", on: "ACTIVE" },
] as const;

/** Tables and user pools of a stack that are kept. */
export function protectedData(
  stack: string,
  resources: readonly StateResource[],
  retain: boolean,
): Protection[] {
  return PROTECTABLE.flatMap(({ type, noun, attribute, on }) =>
    ofType(resources, type).flatMap(({ address, attributes }): Protection[] => {
      const what = `${noun} ${attributes["name"] ?? address}`;
      if (retain) return [{ stack, what, by: "config" }];
      return attributes[attribute] === on ? [{ stack, what, by: "deployed" }] : [];
    }),
  );
}

/** Domains, and home directories without one, in an environment that keeps its users' data. */
export function protectedDomains(stack: string, domains: readonly DomainSurvey[]): Protection[] {
  return domains.flatMap(({ domainId, status, fileSystems }): Protection[] => [
    ...(status === undefined
      ? []
      : [{ stack, what: `Studio domain ${domainId}, with its spaces`, by: "config" } as const]),
    ...fileSystems.map(({ id }) => ({ stack, what: `home directories ${id}`, by: "config" }) as const),
  ]);
}

/** Stacks that stay: those with something protected, and all that they need. */
export function stacksThatStay(
  protections: readonly Protection[],
  dependenciesOf: (stack: string) => readonly string[],
): ReadonlySet<string> {
  const stays = new Set<string>();
  const keep = (stack: string): void => {
    if (stays.has(stack)) return;
    stays.add(stack);
    dependenciesOf(stack).forEach(keep);
  };
  for (const { stack } of protections) keep(stack);
  return stays;
}
