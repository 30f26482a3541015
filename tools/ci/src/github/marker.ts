/** GitHub takes no longer text for a comment or an issue. */
export const LONGEST_BODY = 65_536;

const CUT =
  "\n\n_The rest is left out here, since GitHub takes no longer text: the run's summary has all of it._\n";

/** An invisible line that marks our own comments and issues. */
export function markerOf(key: string): string {
  if (!/^[\w./-]+$/.test(key)) {
    throw new RangeError(`"${key}" is no key of a marker: letters, digits and _ . / - alone`);
  }
  return `<!-- studio-access:${key} -->`;
}

/** The text under its marker, cut at a line where it is too long. */
export function marked(key: string, text: string): string {
  const whole = `${markerOf(key)}\n${text}`;
  if (whole.length <= LONGEST_BODY) return whole;
  const head = whole.slice(0, LONGEST_BODY - CUT.length);
  return `${head.slice(0, head.lastIndexOf("\n"))}${CUT}`;
}

/**
 * Whether a body is one of ours: it begins with the marker. A marker further down is a quotation in somebody's reply.
 */
export function isMarked(key: string, body: string | null | undefined): boolean {
  return body?.startsWith(`${markerOf(key)}\n`) ?? false;
}
