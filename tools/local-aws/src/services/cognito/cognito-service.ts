import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { restJsonReply, withBody } from "../../server/protocol";
import { requireFlow } from "./auth-flows";
import { requireDomain } from "./domain-prefix";
import { ClientDirectory, type ClientSettings } from "./client-directory";
import { lifetime, TokenIssuer } from "./token-issuer";

type Json = Readonly<Record<string, unknown>>;

interface AuthenticationResult {
  readonly AccessToken?: string;
  readonly IdToken?: string;
}

const JWKS_PATH = /^\/([^/]+)\/\.well-known\/jwks\.json$/;
const SIGN_IN = new Set(["InitiateAuth", "AdminInitiateAuth"]);

/**
 * Cognito user pools: moto, with the client's settings enforced (sign-in flows, token lifetimes, errors for unknown
 * users), which moto stores but does not apply.
 */
export class CognitoService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  readonly #clients = new ClientDirectory();
  readonly #tokens: TokenIssuer;

  constructor(moto: Pick<Moto, "forward">, tokens = new TokenIssuer()) {
    this.#moto = moto;
    this.#tokens = tokens;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const pool = JWKS_PATH.exec(call.url.pathname)?.[1];
    if (pool !== undefined) return await this.#keySet(pool);
    const request = JSON.parse(call.body.toString() || "{}") as Json;
    if (call.operation === "CreateUserPoolDomain") requireDomain(request);
    const client = this.#clients.client(textOf(request["ClientId"]) ?? "");
    if (client && SIGN_IN.has(call.operation)) requireFlow(client, textOf(request["AuthFlow"]) ?? "");
    const reply = await this.#moto.forward(call, this.#withMotoToken(request));
    if (reply.status >= 300) return client ? silentAboutUsers(client, reply) : reply;
    const answer = JSON.parse(reply.body.toString() || "{}") as Json;
    this.#remember(call, request, answer);
    return client ? await this.#reissued(client, reply, answer) : reply;
  }

  async #keySet(poolId: string): Promise<Reply> {
    if (!this.#clients.hasPool(poolId)) {
      throw new AwsError("ResourceNotFoundException", `User pool ${poolId} does not exist.`, 404);
    }
    return restJsonReply(await this.#tokens.keySet(poolId));
  }

  /** Calls of a signed-in user carry a token of the local AWS, which moto must get as its own token. */
  #withMotoToken(request: Json): { readonly body?: string } {
    const token = textOf(request["AccessToken"]);
    if (token === undefined) return {};
    const motoToken = this.#tokens.motoToken(token);
    if (motoToken === undefined) throw new AwsError("NotAuthorizedException", "Invalid Access Token");
    return { body: JSON.stringify({ ...request, AccessToken: motoToken }) };
  }

  #remember(call: AwsCall, request: Json, answer: Json): void {
    switch (call.operation) {
      case "CreateUserPool":
        this.#clients.addPool((answer["UserPool"] as { Id: string }).Id);
        break;
      case "DeleteUserPool":
        this.#clients.deletePool(textOf(request["UserPoolId"]) ?? "");
        break;
      case "CreateUserPoolClient":
      case "UpdateUserPoolClient":
        this.#clients.put(answer["UserPoolClient"] as ClientSettings);
        break;
      case "DeleteUserPoolClient":
        this.#clients.delete(textOf(request["ClientId"]) ?? "");
        break;
    }
  }

  async #reissued(client: ClientSettings, reply: Reply, answer: Json): Promise<Reply> {
    const result = answer["AuthenticationResult"] as AuthenticationResult | undefined;
    if (result?.AccessToken === undefined) return reply;
    const { AccessToken, IdToken } = result;
    const reissued = {
      ...result,
      AccessToken: await this.#tokens.reissue(AccessToken, "access", client),
      ...(IdToken !== undefined && { IdToken: await this.#tokens.reissue(IdToken, "id", client) }),
      ExpiresIn: lifetime(client, "access"),
    };
    return withBody(reply, JSON.stringify({ ...answer, AuthenticationResult: reissued }));
  }
}

/** With PreventUserExistenceErrors the error is the same for an unknown user and for a wrong password. */
function silentAboutUsers(client: ClientSettings, reply: Reply): Reply {
  const isUnknownUser = reply.body.toString().includes("UserNotFoundException");
  if (!isUnknownUser || client.PreventUserExistenceErrors !== "ENABLED") return reply;
  throw new AwsError("NotAuthorizedException", "Incorrect username or password.");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
