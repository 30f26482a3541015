import { OpenFailed } from "./failure";

export interface Flags {
  readonly user: string;
  readonly passwordStdin?: true;
  readonly tokenStdin?: true;
  readonly print?: true;
  readonly config?: string;
  /** Accepted only so that it can be refused with an explanation. */
  readonly password?: unknown;
  readonly token?: unknown;
}

/** The source of the user's secret. */
export type SecretSource = "prompt" | "password-stdin" | "token-stdin";

/**
 * @param isTerminal - whether stdin is a terminal
 * @throws {OpenFailed} for flags that contradict each other, or that would show a secret
 */
export function secretSource(flags: Flags, isTerminal: boolean): SecretSource {
  for (const name of ["password", "token"] as const) {
    if (flags[name] === undefined) continue;
    throw new OpenFailed(
      `There is no --${name}: every program on this machine can read a command line, and the shell's history keeps it. ` +
        `Use --${name}-stdin${name === "password" ? ", or let me ask for it" : ""}. If it was real, change it now.`,
    );
  }
  if (flags.passwordStdin === true && flags.tokenStdin === true) {
    throw new OpenFailed("Give --password-stdin or --token-stdin, not both: there is one stdin.");
  }
  const source =
    flags.tokenStdin === true ? "token-stdin" : flags.passwordStdin === true ? "password-stdin" : "prompt";
  if (source === "prompt" && !isTerminal) {
    throw new OpenFailed(
      "There is no terminal to ask for the password on: use --password-stdin or --token-stdin.",
    );
  }
  if (source !== "prompt" && isTerminal) {
    throw new OpenFailed(
      `--${source} reads from a pipe or a file, and here it would echo what you type. Leave it out to be asked.`,
    );
  }
  return source;
}
