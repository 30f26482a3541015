/** The requests to compare cannot be listed completely, so "not wider" would be a guess. */
export class Undecidable extends Error {
  override readonly name = "Undecidable";
}
