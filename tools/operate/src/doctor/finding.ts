export type Result = "ok" | "warn" | "fail";

/** One line of the doctor's report. */
export interface Finding {
  /** Name of the check, with the account or the quota that it was run for: `zones (lob-a)`. */
  readonly check: string;
  readonly result: Result;
  readonly detail: string;
  /** What to do; absent when there is nothing to do. */
  readonly remedy?: string;
}

/** Checks one subject. `find` rejects when the check could not be made. */
export interface Check {
  readonly name: string;
  readonly find: () => Promise<readonly Finding[]>;
}

/** A value that other checks need, or why it is not known. */
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
 * A check that could not be made. It is a warning, not a failure: when another check is the cause, that check has failed
 * already; and when a permission is missing, the deploy may not need it.
 */
export function notChecked(check: string, why: string, remedy?: string): Finding {
  return {
    check,
    result: "warn",
    detail: `not checked: ${why}`,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
