/** moto was not found, did not start, or ended by itself. */
export class MotoUnavailable extends Error {
  override readonly name = "MotoUnavailable";
}
