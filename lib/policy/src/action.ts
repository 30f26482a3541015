import type { ActionDefinition, Catalog } from "./catalog";
import { PolicyError } from "./errors";
import type { TextMatcher } from "./glob";
import { parsePattern } from "./pattern";

/** The action of a request, in lower case. */
export interface RequestedAction {
  readonly service: string;
  readonly name: string;
  readonly definition: ActionDefinition;
}

export type ActionPattern = (action: RequestedAction) => boolean;

/** @returns undefined when AWS has no such action */
export function parseRequestedAction(text: string, catalog: Catalog): RequestedAction | undefined {
  const [service = "", name = "", ...rest] = text.toLowerCase().split(":");
  const definition = rest.length === 0 ? catalog.action(service, name) : undefined;
  return definition === undefined ? undefined : { service, name, definition };
}

function nameMatcher(text: string, service: string, name: string, catalog: Catalog): TextMatcher {
  if (/[*?]/.test(name))
    return parsePattern(name, { wildcards: true, variables: false }).fixed ?? (() => false);
  if (catalog.action(service, name) === undefined) {
    throw new PolicyError("unknown_action", `AWS has no action "${text}"`);
  }
  return (asked) => asked === name;
}

/**
 * Compiles one entry of Action or NotAction. Service and name are matched without regard to case.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function compileAction(text: string, catalog: Catalog): ActionPattern {
  if (text === "*" || text === "*:*") return () => true;
  const parts = /^([a-z0-9-]+):([a-z0-9*?-]+)$/.exec(text.toLowerCase());
  if (parts === null) throw new PolicyError("malformed_action", `"${text}" is no action`);
  const [, service = "", name = ""] = parts;
  if (!catalog.hasService(service))
    throw new PolicyError("unknown_service", `AWS has no service "${service}"`);
  const matches = nameMatcher(text, service, name, catalog);
  return (action) => action.service === service && matches(action.name);
}
