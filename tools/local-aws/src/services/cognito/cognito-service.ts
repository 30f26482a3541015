import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import type { UserPools } from "../../server/data-plane";
import { restJsonReply, withBody } from "../../server/protocol";
import { requireFlow } from "./auth-flows";
import { openIdConfiguration } from "./discovery";
import { requireDomain } from "./domain-prefix";
import type { ClientSettings, PoolDirectory } from "./pool-directory";
import { lifetime, type TokenIssuer } from "./token-issuer";

type Json = Readonly<Record<string, unknown>>;

interface AuthenticationResult {
  readonly AccessToken?: string;
  readonly IdToken?: string;
}

const DOCUMENT_PATH = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;
const SIGN_IN = new Set(["InitiateAuth", "AdminInitiateAuth"]);

/**
 * Cognito user pools: moto, with the client's settings enforced (sign-in flows, token lifetimes, errors for unknown
 * users), which moto stores but does not apply.
 */
export class CognitoService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  readonly #directory: PoolDirectory;
  readonly #tokens: TokenIssuer;

  constructor(moto: Pick<Moto, "forward">, { tokens, directory }: UserPools) {
    this.#moto = moto;
    this.#tokens = tokens;
    this.#directory = directory;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const [, poolId, document] = DOCUMENT_PATH.exec(call.url.pathname) ?? [];
    if (poolId !== undefined) return await this.#document(poolId, document === "jwks.json");
    const request = JSON.parse(call.body.toString() || "{}") as Json;
    if (call.operation === "CreateUserPoolDomain") requireDomain(request);
    const client = this.#directory.client(textOf(request["ClientId"]) ?? "");
    if (client && SIGN_IN.has(call.operation)) requireFlow(client, textOf(request["AuthFlow"]) ?? "");
    const reply = await this.#moto.forward(call, this.#withMotoToken(request));
    if (reply.status >= 300) return client ? silentAboutUsers(client, reply) : reply;
    const answer = JSON.parse(reply.body.toString() || "{}") as Json;
    this.#remember(call, request, answer);
    return client ? await this.#reissued(client, reply, answer) : reply;
  }

  /** A public document of a pool, which any web page may read. */
  async #document(poolId: string, keySet: boolean): Promise<Reply> {
    const pool = this.#directory.pool(poolId);
    if (!pool) throw new AwsError("ResourceNotFoundException", `User pool ${poolId} does not exist.`, 404);
    const reply = restJsonReply(
      keySet ? await this.#tokens.keySet(poolId) : openIdConfiguration(pool, this.#directory),
    );
    return { ...reply, headers: { ...reply.headers, "access-control-allow-origin": "*" } };
  }

  /** Calls of a signed-in user carry a token of the local AWS, which moto must get as its own token. */
  #withMotoToken(request: Json): { readonly body?: string } {
    const token = textOf(request["AccessToken"]);
    if (token === undefined) return {};
    const motoToken = this.#tokens.motoToken(token);
    if (motoToken === undefined) throw new AwsError("NotAuthorizedException", "Invalid Access Token");
    return { body: JSON.stringify({ ...request, AccessToken: motoToken }) };
  }

  #remember({ operation, account, region }: AwsCall, request: Json, answer: Json): void {
    const directory = this.#directory;
    const given = (name: string): string => textOf(request[name]) ?? "";
    switch (operation) {
      case "CreateUserPool":
        directory.addPool({ id: (answer["UserPool"] as { Id: string }).Id, account, region });
        break;
      case "DeleteUserPool":
        directory.deletePool(given("UserPoolId"));
        break;
      case "CreateUserPoolClient":
      case "UpdateUserPoolClient":
        directory.putClient(answer["UserPoolClient"] as ClientSettings);
        break;
      case "DeleteUserPoolClient":
        directory.deleteClient(given("ClientId"));
        break;
      case "CreateUserPoolDomain":
        // A domain of one's own has no name here that a browser could open.
        if (request["CustomDomainConfig"] === undefined)
          directory.addDomain(region, given("Domain"), given("UserPoolId"));
        break;
      case "DeleteUserPoolDomain":
        directory.deleteDomain(region, given("Domain"));
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
