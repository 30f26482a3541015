import type { KeyFacts } from "@studio-access/policy/questions";

type Values = Extract<KeyFacts, { readonly possible: unknown }>["possible"];

/** Any value that a policy distinguishes. */
const anyValue: Values = (distinguished) => distinguished;
const anyOrNone: Values = (distinguished) => [undefined, ...distinguished];
const none: Values = () => [undefined];

function only(...values: readonly string[]): Values {
  return () => values;
}

export const ANY: KeyFacts = { possible: anyValue, usual: anyValue };
export const ANY_OR_NONE: KeyFacts = { possible: anyOrNone, usual: anyOrNone };
export const NONE: KeyFacts = { exactly: [undefined] };
/** A caller may have it, and those that are meant do not. */
export const AT_WILL: KeyFacts = { possible: anyOrNone, usual: none };

/** A caller may have any value, and those that are meant have one of these. */
export function meant(...values: readonly string[]): KeyFacts {
  return { possible: (distinguished) => [undefined, ...values, ...distinguished], usual: only(...values) };
}

/** It has this value, or none. */
export function maybe(value: string): KeyFacts {
  return { exactly: [undefined, value] };
}

/** Any value but these, which only our own requests have. */
export function anyBut(...ours: readonly string[]): KeyFacts {
  const foreign: Values = (distinguished) => [
    undefined,
    ...distinguished.filter((value) => !ours.includes(value)),
  ];
  return { possible: foreign, usual: foreign };
}

/**
 * What AWS sends for a key of which the question itself says nothing: the clock's and the caller's choice, each with every
 * value that it can have. A key that is not here is not known, so that what depends on it cannot be told.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Availability"
 */
const SENT: ReadonlyMap<string, KeyFacts> = new Map<string, KeyFacts>([
  ["aws:currenttime", ANY],
  ["aws:epochtime", ANY],
  ["aws:tokenissuetime", ANY],
  ["aws:useragent", ANY],
  ["aws:referer", AT_WILL],
  // Some services also answer without TLS. What is meant always uses it.
  ["aws:securetransport", { possible: only("true", "false"), usual: only("true") }],
  ["aws:viaawsservice", { possible: only("true", "false"), usual: only("false") }],
  ["aws:viaawsmcpservice", { possible: only("true", "false"), usual: only("false") }],
  ["aws:calledvia", AT_WILL],
  ["aws:calledviafirst", AT_WILL],
  ["aws:calledvialast", AT_WILL],
  ["aws:multifactorauthpresent", AT_WILL],
  ["aws:multifactorauthage", AT_WILL],
  ["aws:tagkeys", AT_WILL],
  // AWS sets these only where a service makes the request, and then the question states them.
  ["aws:sourceaccount", NONE],
  ["aws:sourcearn", NONE],
  ["aws:sourceowner", NONE],
  ["aws:sourceorgid", NONE],
  ["aws:sourceorgpaths", NONE],
  ["sts:externalid", AT_WILL],
  ["sts:durationseconds", ANY],
  ["sts:transitivetagkeys", AT_WILL],
]);

/** The caller tags the session, the request and the items that it asks for as it likes. */
const SENT_BY_PREFIX: readonly (readonly [string, KeyFacts])[] = [
  ["aws:principaltag/", AT_WILL],
  ["aws:requesttag/", AT_WILL],
  ["dynamodb:", ANY_OR_NONE],
  ["saml:", ANY_OR_NONE],
];

/** What AWS sends for keys, by key in lower case. */
export type Facts = Readonly<Record<string, KeyFacts>>;

/** @param own what the question itself says of keys; it comes first */
export function factsOf(own: Facts): (key: string) => KeyFacts | undefined {
  return (key) => own[key] ?? SENT.get(key) ?? SENT_BY_PREFIX.find(([prefix]) => key.startsWith(prefix))?.[1];
}
