/** The universe of requests cannot be drawn up, so that "not wider" would be a guess. */
export class Undecidable extends Error {
  override readonly name = "Undecidable";
}
