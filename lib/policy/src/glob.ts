/** Zero or more characters: `*` in a policy. */
export const MANY = Symbol("*");
/** Exactly one character: `?` in a policy. */
export const ONE = Symbol("?");

export type GlobPiece = string | typeof MANY | typeof ONE;
export type TextMatcher = (text: string) => boolean;

const MANY_CODE = -1;
const ONE_CODE = -2;

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

/** Backtracks only to the last `*`, so it takes at most pattern × text steps, whatever the pattern. */
function matchCodes(pattern: readonly number[], text: readonly number[]): boolean {
  let at = 0;
  let position = 0;
  let lastMany = -1;
  let resume = 0;
  while (position < text.length) {
    const wanted = pattern[at];
    if (wanted === MANY_CODE) {
      lastMany = at++;
      resume = position;
    } else if (wanted === ONE_CODE || wanted === text[position]) {
      at++;
      position++;
    } else if (lastMany >= 0) {
      at = lastMany + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === MANY_CODE) at++;
  return at === pattern.length;
}

function pieceCodes(piece: GlobPiece): number[] {
  if (piece === MANY) return [MANY_CODE];
  return piece === ONE ? [ONE_CODE] : codePoints(piece);
}

/** Compiles text with wildcards. Pieces of text match literally, also when they hold `*` or `?`. */
export function compileGlob(pieces: readonly GlobPiece[]): TextMatcher {
  const wildcard = pieces.findIndex((piece) => typeof piece !== "string");
  const head = pieces.slice(0, wildcard === -1 ? pieces.length : wildcard).join("");
  if (wildcard === -1) return (text) => text === head;
  if (wildcard === pieces.length - 1 && pieces[wildcard] === MANY) return (text) => text.startsWith(head);
  const pattern = pieces.flatMap(pieceCodes);
  return (text) => text.startsWith(head) && matchCodes(pattern, codePoints(text));
}
