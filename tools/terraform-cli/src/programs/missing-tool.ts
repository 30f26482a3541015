/** A program that is needed is not there, and was not or could not be installed. */
export class MissingTool extends Error {
  override readonly name = "MissingTool";

  /**
   * @param tool the program, e.g. `Terraform 1.11.4`
   * @param why what was looked at and why it did not do; several lines are fine
   * @param install every way to get it, each a sentence or a command line that can be copied
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
