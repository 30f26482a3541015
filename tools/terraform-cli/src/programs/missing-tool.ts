/** The simplest way to install a program, after a command was not allowed to or could not. */
export const RUN_AGAIN = "run this again with installing allowed, and with the network at hand";

/** A required program is missing, and was not or could not be installed. */
export class MissingTool extends Error {
  override readonly name = "MissingTool";

  /**
   * @param tool the program, e.g. `Terraform 1.11.4`
   * @param why what was found and why it cannot be used; may have several lines
   * @param install every way to install it, each a sentence or a command line to copy
   */
  constructor(
    readonly tool: string,
    readonly why: string,
    readonly install: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      [`${tool} is missing: ${why}`, "To install it, either", ...install.map(bullet)].join("\n"),
      options,
    );
  }
}

function bullet(text: string): string {
  return `  - ${text}`;
}
