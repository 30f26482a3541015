/** Nobody said that this is meant. */
export class NotConfirmed extends Error {
  constructor(message: string) {
    super(`${message} Nothing was deleted.`);
    this.name = "NotConfirmed";
  }
}

export interface Confirmation {
  readonly environment: string;
  /** What `--confirm` said. */
  readonly given: string | undefined;
  /** Asks a person; absent when nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/**
 * Makes sure that a deletion is meant, and meant for this environment: its name has to be typed. A yes would be typed
 * as fast in production as anywhere.
 *
 * @throws {NotConfirmed}
 */
export async function confirm({ environment, given, ask }: Confirmation): Promise<void> {
  if (given !== undefined) {
    if (given === environment) return;
    throw new NotConfirmed(`--confirm names ${given}, but this environment is ${environment}.`);
  }
  if (ask === undefined) {
    throw new NotConfirmed(`Without a terminal, confirm with: --confirm ${environment}.`);
  }
  const answer = await ask(`To delete all of this for good, type the environment's name (${environment}): `);
  if (answer.trim() !== environment) throw new NotConfirmed("That is not its name.");
}

export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}
