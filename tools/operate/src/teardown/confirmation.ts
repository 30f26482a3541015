/** The deletion was not confirmed. */
export class NotConfirmed extends Error {
  constructor(message: string) {
    super(`${message} Nothing was deleted.`);
    this.name = "NotConfirmed";
  }
}

export interface Confirmation {
  readonly environment: string;
  /** The value of `--confirm`. */
  readonly given: string | undefined;
  /** Asks the user; absent without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/**
 * Makes sure that the user wants to delete this environment: its name has to be typed. A "yes" is too easily typed in the
 * wrong environment.
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
  if (answer.trim() !== environment) throw new NotConfirmed("That is not the environment's name.");
}

export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}
