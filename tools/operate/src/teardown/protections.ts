import type { DomainSurvey } from "./domain-survey";
import { ofType, type StateResource } from "./stacks";

/** A resource with data that is protected from deletion. A teardown never lifts a protection. */
export interface Protection {
  readonly stack: string;
  /** Text for messages: `table studio-access-prod-users`. */
  readonly what: string;
  /** `config`: the config protects it. `deployed`: AWS still does, though the config no longer does. */
  readonly by: "config" | "deployed";
}

/** Resource types with deletion protection in AWS, and the attribute that says whether it is on. */
const PROTECTABLE = [
  { type: "aws_dynamodb_table", noun: "table", attribute: "deletion_protection_enabled", on: "true" },
  { type: "aws_cognito_user_pool", noun: "user pool", attribute: "deletion_protection", on: "ACTIVE" },
] as const;

/** Protected tables and user pools of a stack. */
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

/** Domains, and home directories whose domain is gone, in an environment that keeps its users' data. */
export function protectedDomains(stack: string, domains: readonly DomainSurvey[]): Protection[] {
  return domains.flatMap(({ domainId, status, fileSystems }): Protection[] => [
    ...(status === undefined
      ? []
      : [{ stack, what: `Studio domain ${domainId}, with its spaces`, by: "config" } as const]),
    ...fileSystems.map(({ id }) => ({ stack, what: `home directories ${id}`, by: "config" }) as const),
  ]);
}

/** Stacks that stay: those with a protected resource, and all stacks that they depend on. */
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
