import type { DeployedApis } from "@studio-access/local-aws";

import type { CheckContext, PortalAccess, SignedInUser } from "./checks/check";
import { PrivateApiClient } from "./private-api-client";
import { signIn } from "./sign-in";
import { readState, type StackState } from "./state";
import type { Workspace } from "./workspace";

/** A local deployment as its users reach it. */
export interface Deployed {
  /** Base URL of the AWS API. */
  readonly endpoint: string;
  readonly workspace: Workspace;
}

/** A user of the local stand-in user pool. */
export interface SignIn {
  readonly user: string;
  readonly lob: string;
  readonly password: string;
}

/** URL of the API in the local AWS, with the stage: `http://127.0.0.1:…`. */
export async function apiUrl({ endpoint, workspace }: Deployed): Promise<string> {
  const { outputs } = await readState(workspace, "access");
  const deployed = new URL(String(outputs["api_url"]));
  const [apiId = ""] = deployed.hostname.split(".");
  return `${endpoint}/execute-api/${apiId}${deployed.pathname}`;
}

/**
 * URL of the portal on AWS; undefined while the API has no page at its root. See `browserUrl` for this machine's browsers.
 *
 * @param apis - as API Gateway has them
 */
export async function portalUrl({ workspace }: Deployed, apis: DeployedApis): Promise<string | undefined> {
  const { outputs } = await readState(workspace, "access");
  const url = String(outputs["api_url"]);
  const { hostname, pathname } = new URL(url);
  const [[apiId = ""], [, stage = ""]] = [hostname.split("."), pathname.split("/")];
  const root = (await apis.deployed(apiId, stage))?.snapshot.resources.find(({ path }) => path === "/");
  if (root?.methods.has("GET") !== true) return undefined;
  const { portal_url: portal } = outputs;
  return typeof portal === "string" ? portal : url;
}

/** Whether the users are those of the local stand-in: people of a provider of the company's own cannot sign in here. */
export function hasStandInUsers({ config }: Pick<Workspace, "config">): boolean {
  return config.identity.provider === "cognito";
}

/** Users of every line of business with their passwords, which are secrets of local stand-in users; none of others. */
export async function signIns(workspace: Workspace): Promise<readonly SignIn[]> {
  if (!hasStandInUsers(workspace)) return [];
  const perLob = workspace.config.linesOfBusiness.map(async ({ name, users }) => {
    const { outputs } = await readState(workspace, name);
    const passwords = outputs["sign_in_passwords"] as Readonly<Record<string, string>> | undefined;
    return users.map((user) => ({ user, lob: name, password: passwords?.[user] ?? "" }));
  });
  return (await Promise.all(perLob)).flat();
}

/** Signs a user in at the stand-in user pool. @returns the access token: a secret */
export async function signInAs({ endpoint, workspace }: Deployed, user: SignIn): Promise<string> {
  const { outputs } = await readState(workspace, "access");
  const { region } = workspace.config;
  return signIn({ ...user, endpoint, region, clientId: String(outputs["user_pool_client_id"]) });
}

/** Signs in the first user of every line of business, as the journeys need it. */
export async function checkContext(deployed: Deployed): Promise<CheckContext> {
  const { endpoint, workspace } = deployed;
  const { region, studio, linesOfBusiness } = workspace.config;
  const known = await signIns(workspace);
  const users: SignedInUser[] = [];
  for (const { name } of linesOfBusiness) {
    const found = known.find(({ lob }) => lob === name);
    if (found === undefined) continue;
    const token = await signInAs(deployed, found);
    const { outputs } = await readState(workspace, name);
    users.push({ name: found.user, lob: name, domainId: String(outputs["domain_id"]), token });
  }
  return {
    api: new PrivateApiClient({ apiUrl: await apiUrl(deployed), awsEndpoint: endpoint }),
    region,
    urlExpiresSeconds: studio.urlExpiresSeconds,
    users,
    portal: portalOf(await readState(workspace, "access"), known),
  };
}

function portalOf({ outputs }: StackState, known: readonly SignIn[]): PortalAccess | undefined {
  const url = outputs["portal_url"];
  const passwords = new Map(known.map(({ user, password }) => [user, password]));
  return typeof url === "string" ? { url, passwords } : undefined;
}
