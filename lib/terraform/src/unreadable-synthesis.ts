/** A file is missing, or is not what cdktf writes. */
export class UnreadableSynthesis extends Error {
  override readonly name = "UnreadableSynthesis";

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}. Synthesize the stacks again: npm run synth`);
  }

  /** The problem of a file that could not be read, in words. */
  static causeOf(error: unknown): string {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "there is no such file" : `reading it failed: ${code}`;
  }
}
