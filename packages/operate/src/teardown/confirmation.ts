/** Nobody said that this is meant. */
export class NotConfirmed extends Error {
  constructor(message: string) {
    super(`${message} Nothing was deleted.`);
    this.name = "NotConfirmed";
  }
}

export interface Confirmation {
  readonly environment: string;
  /** Whether the config keeps the users' data, as in production. */
  readonly retain: boolean;
  /** What `--confirm` said. */
  readonly given: string | undefined;
  /** Asks a person; absent when nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** Makes sure that a deletion is meant. @throws {NotConfirmed} */
export async function confirm({ environment, retain, given, ask }: Confirmation): Promise<void> {
  if (given !== undefined) {
    if (given === environment) return;
    throw new NotConfirmed(`--confirm names ${given}, but this environment is ${environment}.`);
  }
  if (ask === undefined) {
    throw new NotConfirmed(`Without a terminal, confirm with: --confirm ${environment}.`);
  }
  if (retain) {
    const answer = await ask(`This environment keeps its data. To go on, type its name (${environment}): `);
    if (answer.trim() === environment) return;
    throw new NotConfirmed("That is not its name.");
  }
  if (isYes(await ask(`Delete all of this from ${environment}, for good? (y/N) `))) return;
  throw new NotConfirmed("Not confirmed.");
}

export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}
