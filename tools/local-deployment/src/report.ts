import { table, type OutcomeWord } from "@studio-access/terraform-cli/table";

import type { CheckResult } from "./checks/check";
import { accountsOf } from "@studio-access/config";
import { browserUrl } from "@studio-access/local-aws";
import type { SignIn } from "./deployed-users";
import type { ProofSummary } from "./proof-summary";
import type { LocalDeployment } from "./local-deployment";

/** The result of `npm start`, for `--json` and for the printed tables. */
export interface Report {
  readonly ok: boolean;
  readonly region: string;
  readonly awsEndpoint: string;
  readonly apiUrl: string;
  /** Where a browser on this machine opens the portal; absent when the API has no page. */
  readonly portal?: string;
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** Users that exist only in the local AWS. */
  readonly signIns: readonly SignIn[];
  readonly stacks: readonly { readonly name: string; readonly resources: number; readonly seconds: number }[];
  /** Published outputs of each stack, without sensitive ones. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly checks: readonly CheckResult[];
  /** The proofs from the state. */
  readonly proof: ProofSummary;
  /** Seconds from the first step to the end of the last check. */
  readonly seconds: number;
}

export interface ReportParts {
  readonly checks: readonly CheckResult[];
  readonly stackSeconds: ReadonlyMap<string, number>;
  readonly proof: ProofSummary;
  readonly seconds: number;
}

export async function report(deployment: LocalDeployment, parts: ReportParts): Promise<Report> {
  const { config } = deployment.workspace;
  const states = await Promise.all(
    deployment.stacks.map(async (name) => ({ name, state: await deployment.state(name) })),
  );
  const portal = await deployment.portalUrl();
  const names = ["shared services", ...config.linesOfBusiness.map(({ name }) => name)];
  return {
    ok: parts.proof.ok && parts.checks.every(({ ok }) => ok),
    region: config.region,
    awsEndpoint: deployment.endpoint,
    apiUrl: await deployment.apiUrl(),
    ...(portal === undefined ? {} : { portal: browserUrl(portal, deployment.endpoint) }),
    accounts: accountsOf(config).map(({ id }, index) => ({ id, name: names[index] ?? id })),
    signIns: await deployment.signIns(),
    stacks: states.map(({ name, state: { resources } }) => ({
      name,
      resources,
      seconds: Math.round(parts.stackSeconds.get(name) ?? 0),
    })),
    outputs: Object.fromEntries(
      states.map(({ name, state: { outputs, sensitive } }) => [
        name,
        Object.fromEntries(Object.entries(outputs).filter(([output]) => !sensitive.has(output))),
      ]),
    ),
    checks: parts.checks,
    proof: parts.proof,
    seconds: Math.round(parts.seconds),
  };
}

/** The report as tables. With many lines of business, the tables show only the first ones. */
export function summary({ stacks, signIns, checks, proof, seconds }: Report): string {
  const deployed = table(
    ["stack", "resources", "seconds"],
    shortened(stacks).map(({ name, resources, seconds: took }) => [name, resources, took]),
  );
  const people = table(
    ["user", "line of business", "password (local only)"],
    shortened(signIns).map(({ user, lob, password }) => [user, lob, password]),
  );
  const held = table(
    ["", "check", "seen"],
    checks.map(({ ok: holds, name, detail }) => [sign(holds), name, detail]),
  );
  const failed = checks.filter((check) => !check.ok).length;
  const verdict =
    failed === 0 ? `All ${checks.length} checks hold` : `${failed} of ${checks.length} checks failed`;
  return [deployed, people, held]
    .map((each) => `${each}\n`)
    .concat(`${verdict}, after ${seconds} s.`, ...proofLines(proof))
    .join("\n");
}

function proofLines({ ok, verdict, page, seconds }: ProofSummary): readonly string[] {
  return [`${ok ? "✔" : "✖"} Proofs from the state: ${verdict} (${seconds} s)`, `Proofs to look at: ${page}`];
}

function sign(holds: boolean): OutcomeWord {
  return holds ? { word: "✔", outcome: "success" } : { word: "✖", outcome: "failure" };
}

function shortened<Row>(rows: readonly Row[]): readonly Row[] {
  return rows.slice(0, 12);
}
