/** Asks a person, again while the answer cannot be read; gives what was typed, or what is proposed. */
export type Ask = (
  question: string,
  proposed?: string,
  read?: (answer: string) => unknown,
) => Promise<string>;
