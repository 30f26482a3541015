/** The text is not a state in a known format. The message quotes none of it, since a state holds secrets. */
export class UnreadableState extends Error {
  override readonly name = "UnreadableState";

  /** @param what the stack, or the folder */
  constructor(what: string, problem: string) {
    super(`state of ${what}: ${problem}`);
  }
}
