export type Result = "ok" | "warn" | "fail";

/** One line of what the doctor says. */
export interface Finding {
  /** What was looked at, with the account or the quota that it was looked at for: `zones (lob-a)`. */
  readonly check: string;
  readonly result: Result;
  readonly detail: string;
  /** What to do; absent where nothing is. */
  readonly remedy?: string;
}

/** Looks at one thing. A check that rejects could not look. */
export interface Check {
  readonly name: string;
  readonly find: () => Promise<readonly Finding[]>;
}

/** A fact that other checks build on, or why it could not be had. */
export type Known<Value> =
  { readonly known: true; readonly value: Value } | { readonly known: false; readonly why: string };

export function known<Value>(value: Value): Known<Value> {
  return { known: true, value };
}

export function unknown(why: string): Known<never> {
  return { known: false, why };
}

export function ok(check: string, detail: string): Finding {
  return { check, result: "ok", detail };
}

export function warn(check: string, detail: string, remedy: string): Finding {
  return { check, result: "warn", detail, remedy };
}

export function fail(check: string, detail: string, remedy: string): Finding {
  return { check, result: "fail", detail, remedy };
}

/**
 * Nothing is known either way. A warning, not a failure: where something else is to blame, that has failed itself; and
 * where a permission is missing, the deploy may do without it.
 */
export function notChecked(check: string, why: string, remedy?: string): Finding {
  return {
    check,
    result: "warn",
    detail: `not checked: ${why}`,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
