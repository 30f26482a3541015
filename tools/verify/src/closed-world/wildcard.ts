/** Matches as IAM does in actions and resources: `*` is any text, `?` any character; letters' case does not count. */
export function wildcardMatcher(pattern: string): (value: string) => boolean {
  if (pattern === "*") return () => true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${source}$`, "i");
  return (value) => expression.test(value);
}
