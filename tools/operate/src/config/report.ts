import { wrapped } from "../config-edit/wrapped";
import type { ConfigSummary } from "./summary";

/** A summary of a config in at most 80 columns. */
export function configReport(file: string, summary: ConfigSummary): string {
  return [`${file}: no problems`, settings(summary), stacks(summary), accounts(summary), users(summary)].join(
    "\n\n",
  );
}

const WIDTH = 80;

function settings(summary: ConfigSummary): string {
  const { organizationId, nextLobRange, lobSupernets, state } = summary;
  return table([
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
  ]);
}

function stacks({ stacks: all }: ConfigSummary): string {
  return table([
    ["stack, in order", "account", "range", ""],
    ...all.map(({ name, accountId, cidr, deployedBy }) => [
      name,
      accountId,
      cidr ?? "",
      deployedBy === "administrator" ? "by an administrator" : "",
    ]),
  ]);
}

function accounts({ accounts: all }: ConfigSummary): string {
  return table([
    ["account of", "id", "reached by"],
    ...all.map(({ name, id, credentials }) => [
      name,
      id,
      "profile" in credentials
        ? `profile ${credentials.profile}`
        : // The config's rules hold that the role is one of this account.
          `role ${credentials.assumeRole.replace(/^.*:role\//, "")}`,
    ]),
  ]);
}

function users({ linesOfBusiness }: ConfigSummary): string {
  return table([
    ["LOB", "Studio domain", "users", ""],
    ...linesOfBusiness.map((lob) => [
      lob.name,
      lob.domainName,
      String(lob.users.length),
      lob.users.join(", "),
    ]),
  ]);
}

/** Rows in columns as wide as they need to be; the last column is broken into lines. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map(
    (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2,
  );
  const left = widths.slice(0, -1).reduce((sum, width) => sum + width, 0);
  return rows
    .map((row) => {
      const cells = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0));
      const last = wrapped(row.at(-1) ?? "", WIDTH - left).replaceAll("\n", `\n${" ".repeat(left)}`);
      return (cells.join("") + last).trimEnd();
    })
    .join("\n");
}
