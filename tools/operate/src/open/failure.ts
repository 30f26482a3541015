/** Studio could not be opened. The message is for people: what happened, what to do; it holds no secret. */
export class OpenFailed extends Error {
  override readonly name = "OpenFailed";
}
