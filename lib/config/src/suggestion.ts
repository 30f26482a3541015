import { closest, distance } from "fastest-levenshtein";

/** The word that was probably meant; undefined when none is near: more than a third of the word would change. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const same = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return same;
  const candidate = closest(word, known);
  return distance(word, candidate) <= Math.max(word.length, candidate.length) / 3 ? candidate : undefined;
}
