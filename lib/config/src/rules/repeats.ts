import type { Placed } from "../draft";

/** A value that stands in two places. */
export interface Repeat<T> {
  readonly first: Placed<T>;
  readonly again: Placed<T>;
}

/** Every entry whose key an earlier one has, together with the first of them. */
export function repeatsOf<T>(entries: readonly Placed<T>[], keyOf: (value: T) => string): Repeat<T>[] {
  const firsts = new Map<string, Placed<T>>();
  return entries.flatMap((entry) => {
    const key = keyOf(entry.value);
    const first = firsts.get(key);
    if (first !== undefined) return [{ first, again: entry }];
    firsts.set(key, entry);
    return [];
  });
}
