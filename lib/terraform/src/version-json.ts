import { isRecord, parseJson } from "./json";

/** `terraform version -json` did not print what Terraform prints. */
class UnreadableVersion extends Error {
  override readonly name = "UnreadableVersion";
}

/**
 * Versions of the providers that a stack's folder is initialized with, by source: `provider_selections` of what
 * `terraform version -json` prints there.
 *
 * @throws {UnreadableVersion}
 */
export function readProviderSelections(text: string): Readonly<Record<string, string>> {
  const refused = (): Error =>
    new UnreadableVersion("terraform version -json did not print a JSON object with provider_selections");
  const json = parseJson(text, refused);
  const selections = isRecord(json) ? (json["provider_selections"] ?? {}) : undefined;
  if (!isRecord(selections)) throw refused();
  return Object.fromEntries(
    Object.entries(selections).map(([source, version]): [string, string] => {
      if (typeof version !== "string") throw refused();
      return [source, version];
    }),
  );
}
