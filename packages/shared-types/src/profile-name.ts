import { USER_NAME_PATTERN } from "./identity";

/**
 * What an identity provider may call a person: letters, digits and the characters of e-mail addresses and of user
 * principal names, 2 to 128 of them. No `*`, `?`, `/`, `%` or `$`, which mean something to IAM, URLs or Terraform.
 */
export const PROVIDER_NAME_PATTERN = /^(?!.*\.\.)[a-zA-Z0-9][a-zA-Z0-9._@+'#|~!^-]{0,126}[a-zA-Z0-9]$/;

/** What every mapped name begins with. */
const MARK = "m--";

/** Names that only the mapping makes. SageMaker does not say whether names that differ in case only are different. */
const RESERVED = /^m--.*--/i;

/** What stands for the characters that are frequent in e-mail addresses, where a letter or a digit follows them. */
const SHORT: Readonly<Record<string, string>> = { "-": "-", ".": "--", "@": "---" };

/** Begins the two hexadecimal digits of any other character. */
const LONG = "----";

/**
 * The name of a person's user profile, of the row in the users table and of the path in the API, from what the identity
 * provider calls the person. Undefined where there is none: the name breaks {@link PROVIDER_NAME_PATTERN}, or becomes
 * longer than SageMaker's 63 characters, or looks like a mapped name itself.
 *
 * - A name that is a profile name already stays as it is: `jane-doe`.
 * - Any other is written behind `m--`, with `--` for a dot, `---` for an at sign and a hyphen as it is; a character that
 *   is none of these, or has no letter or digit behind it, is `----` and its code in two hexadecimal digits:
 *   `jane.doe@example.com` becomes `m--jane--doe---example--com`, `jane_doe` becomes `m--jane----5fdoe`.
 * - `m--`, anything and another `--` is no name of a person. So no two people have one profile name, not even in upper
 *   and lower case, and {@link providerNameOf} finds the way back.
 */
export function profileNameOf(providerName: string): string | undefined {
  if (!PROVIDER_NAME_PATTERN.test(providerName) || RESERVED.test(providerName)) return undefined;
  if (USER_NAME_PATTERN.test(providerName)) return providerName;
  const mapped = MARK + providerName.replace(/[^a-zA-Z0-9]/g, escaped);
  return USER_NAME_PATTERN.test(mapped) ? mapped : undefined;
}

/** What the identity provider calls the person with that profile; a name that is no mapped one stays as it is. */
export function providerNameOf(profileName: string): string {
  const name = profileName
    .slice(MARK.length)
    .replace(/----([0-9a-f]{2})|---|--/g, (run, code: string | undefined) =>
      code === undefined ? (run === SHORT["@"] ? "@" : ".") : String.fromCharCode(parseInt(code, 16)),
    );
  return profileNameOf(name) === profileName ? name : profileName;
}

function escaped(character: string, at: number, name: string): string {
  const isBeforeText = /^[a-zA-Z0-9]/.test(name.slice(at + 1));
  const short = isBeforeText ? SHORT[character] : undefined;
  return short ?? LONG + character.charCodeAt(0).toString(16).padStart(2, "0");
}
