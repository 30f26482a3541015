import type { SignIn } from "./deployed-users";

/**
 * Where everything is, and three commands to paste for the first user: they end in that user's Studio URL.
 *
 * @param shell the file to source
 */
export function nextSteps({ apiUrl, portal, awsEndpoint, signIns }: NextStepsReport, shell: string): string {
  const [first] = signIns;
  const addresses = [`API: ${apiUrl}/{user_id}`, `AWS: ${awsEndpoint} (open it in a browser)`];
  if (first === undefined) return [...addresses, `Shell: source ${shell}`].join("\n");
  const { user, password } = first;
  if (portal !== undefined) addresses.push("", `open: ${portal}`, `and sign in as ${user} with ${password}`);
  const lines = commandLines(shell, user, ` --password-stdin <<< '${password}'`);
  return [
    ...addresses,
    "",
    `To get ${user}'s Studio URL, paste this into another terminal:`,
    "",
    ...lines,
    "",
  ].join("\n");
}

/**
 * Commands that end in a user's Studio URL.
 *
 * @param givePassword further options of `./studio token`; without any, it asks for the password
 */
export function commandLines(shell: string, user: string, givePassword = ""): readonly string[] {
  return [
    `source ${shell}`,
    `TOKEN=$(./studio token --user ${user}${givePassword})`,
    `curl -i -H "x-local-vantage: on-premise" -H "Authorization: Bearer $TOKEN" "$API_URL/${user}"`,
  ];
}

interface NextStepsReport {
  readonly apiUrl: string;
  readonly portal?: string;
  readonly awsEndpoint: string;
  readonly signIns: readonly SignIn[];
}
