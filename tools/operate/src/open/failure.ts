/** Studio could not be opened. The message says what happened and what to do, and holds no secret. */
export class OpenFailed extends Error {
  override readonly name = "OpenFailed";
}
