/**
 * What AWS would do depends on something that the facts do not hold or that this library does not model. Whoever asks must not
 * go on as if the connection were refused, nor as if it were made.
 */
export class NotModelled extends Error {
  override readonly name = "NotModelled";

  /** @param hop - id of the resource whose effect is not known */
  constructor(
    readonly hop: string,
    readonly what: string,
  ) {
    super(`cannot be told, ${hop}: ${what}`);
  }
}
