/** Who holds the lock of a state, as Terraform says it. */
interface StateLock {
  readonly id: string;
  /** The lines of Terraform's message that say whose it is: operation, who, created. */
  readonly lines: readonly string[];
}

/** The lock in the error of a command that could not get it; undefined for another error. */
export function lockIn(message: string): StateLock | undefined {
  if (!message.includes("Error acquiring the state lock")) return undefined;
  const facts = new Map(
    [...message.matchAll(/^[\s│|]*(ID|Path|Operation|Who|Created):[ \t]*(.*)$/gm)].map(([, name, value]) => [
      name,
      value?.trim() ?? "",
    ]),
  );
  const id = facts.get("ID");
  if (id === undefined || id === "") return undefined;
  const lines = ["Operation", "Who", "Created"].flatMap((name) => {
    const value = facts.get(name) ?? "";
    return value === "" ? [] : [`${name}: ${value}`];
  });
  return { id, lines };
}
