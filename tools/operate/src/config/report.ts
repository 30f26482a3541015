import { profileOf } from "@studio-access/config";
import { table, type Screen } from "@studio-access/terraform-cli/table";

import type { ConfigSummary } from "./summary";

/** A summary of a config, as wide as the terminal. */
export function configReport(file: string, summary: ConfigSummary, screen?: Screen): string {
  const parts = [settings, stacks, accounts, users].map((part) => part(summary, screen));
  return [`${file}: no problems`, ...parts].join("\n\n");
}

function settings(summary: ConfigSummary, screen?: Screen): string {
  const { organizationId, nextLobRange, lobSupernets, state } = summary;
  return table(
    ["setting", "value"],
    [
      [
        "environment",
        `${summary.environment}, in ${summary.region} (${summary.availabilityZoneIds.join(", ")})`,
      ],
      ["organization", organizationId ?? "none: networking and access name each account"],
      [
        "state",
        state.backend === "s3" ? `bucket ${state.bucket} in ${state.region}` : `files in ${state.directory}`,
      ],
      [
        "users sign in",
        summary.identityProvider === "cognito" ? "with the Cognito stand-in" : "with your own provider",
      ],
      ["users' networks", summary.corporateCidrs.join(", ")],
      ["LOBs' ranges", `from ${lobSupernets.join(", ")}; the next: ${nextLobRange ?? "none is free"}`],
      ["a destroy", summary.dataRetention === "retain" ? "refuses to delete data" : "deletes data"],
    ],
    screen,
  );
}

function stacks({ stacks: all }: ConfigSummary, screen?: Screen): string {
  return table(
    ["stack, in order", "account", "range", "deployed by"],
    all.map(({ name, accountId, cidr, deployedBy }) => [
      name,
      accountId,
      cidr ?? "",
      deployedBy === "administrator" ? "an administrator" : "",
    ]),
    screen,
  );
}

function accounts({ accounts: all }: ConfigSummary, screen?: Screen): string {
  return table(
    ["account of", "id", "reached by"],
    all.map(({ name, id, credentials }) => [
      name,
      id,
      "profile" in credentials
        ? `profile ${credentials.profile}`
        : // The config's rules hold that the role is one of this account.
          `role ${credentials.assumeRole.replace(/^.*:role\//, "")}`,
    ]),
    screen,
  );
}

function users({ linesOfBusiness }: ConfigSummary, screen?: Screen): string {
  return table(
    ["LOB", "Studio domain", "count", "users"],
    linesOfBusiness.map((lob) => [
      lob.name,
      lob.domainName,
      lob.users.length,
      lob.users.map(named).join(", "),
    ]),
    screen,
  );
}

/** A user, with the name of the profile where that is another. */
function named(user: string): string {
  const profile = profileOf(user);
  return profile === user ? user : `${user} (profile ${profile})`;
}
