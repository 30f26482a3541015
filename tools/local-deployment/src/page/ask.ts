import { signInAs, apiUrl, signIns, type Deployed } from "../deployed-users";
import { PrivateApiClient, type HttpResponse } from "../private-api-client";

/** A request to the API that somebody chose on the page. */
export interface Question {
  /** Place in the network that it comes from. */
  readonly from: string;
  /** Who signs in. */
  readonly user: string;
  /** Whose Studio is asked for. */
  readonly whose: string;
}

/** Signs the user in, and asks the API. @throws {Error} when there is no such user, or when the sign-in fails */
export async function ask(deployed: Deployed, { from, user, whose }: Question): Promise<HttpResponse> {
  const known = (await signIns(deployed.workspace)).find((signIn) => signIn.user === user);
  if (known === undefined) throw new Error(`there is no user ${user}`);
  const api = new PrivateApiClient({ apiUrl: await apiUrl(deployed), awsEndpoint: deployed.endpoint });
  return api.get(whose, { token: await signInAs(deployed, known), vantage: from });
}
