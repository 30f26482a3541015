import { optionalEntry } from "./optional-entry";
import { valueAt } from "./marks";
import type { PlanJson } from "@studio-access/terraform";
import type { ProviderConfig } from "./stack-plan";

/**
 * The provider blocks of a plan's configuration.
 *
 * @param versions versions that were used, by source: `provider_selections` of `terraform version -json`
 */
export function providerConfigs(
  { configuration }: PlanJson,
  versions: Readonly<Record<string, string>>,
): readonly ProviderConfig[] {
  const used = new Set(configuration?.root_module?.resources?.map((each) => each.provider_config_key));
  // Terraform also lists required providers without a block; such a provider counts only where a resource uses it.
  const blocks = Object.entries(configuration?.provider_config ?? {}).filter(
    ([key, { expressions }]) => expressions !== undefined || used.has(key),
  );
  return blocks.map(([key, config]) => {
    const { full_name: source = key, alias, version_constraint: versionConstraint, expressions } = config;
    const version = versions[source];
    return {
      key,
      source,
      accountIds: textsAt(expressions, ["allowed_account_ids", "constant_value"]),
      ...optionalEntry("alias", alias),
      ...optionalEntry("versionConstraint", versionConstraint),
      ...optionalEntry("version", version),
      ...optionalEntry("assumedRole", textAt(expressions, ["assume_role", 0, "role_arn", "constant_value"])),
      ...optionalEntry("profile", textAt(expressions, ["profile", "constant_value"])),
      ...optionalEntry("region", textAt(expressions, ["region", "constant_value"])),
    };
  });
}

function textAt(value: unknown, path: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : undefined;
}

function textsAt(value: unknown, path: readonly (string | number)[]): readonly string[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.map(String) : [];
}
