import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { checkLogWriterRole } from "./log-writer-role";
import { withBody } from "../../server/protocol";
import { DomainOperations, type DomainParts } from "./domain-operations";

interface RestApi {
  policy?: string;
}

/** `/restapis` and `/restapis/{id}`; longer paths belong to other resources. */
const REST_API_PATH = /^\/restapis(\/[^/]+)?\/?$/;

const ACCOUNT_PATH = /^\/account\/?$/;

/**
 * API Gateway: moto, with private custom domain names, a check of the account's role for logs, and one correction. AWS
 * returns an API's resource policy escaped once more, like the content of a JSON string. moto returns it unescaped, which
 * the Terraform provider cannot read.
 */
export class ApiGatewayService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query" | "rest">;
  readonly #domains: DomainOperations;

  constructor(moto: Pick<Moto, "forward" | "query" | "rest">, parts: DomainParts) {
    this.#moto = moto;
    this.#domains = new DomainOperations(moto, parts);
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (call.method === "PATCH" && ACCOUNT_PATH.test(call.url.pathname))
      await checkLogWriterRole(this.#moto, call);
    const answer = await this.#domains.answer(call);
    if (answer !== undefined) return answer;
    const reply = await this.#moto.forward(call);
    if (reply.status >= 300 || reply.body.length === 0 || !REST_API_PATH.test(call.url.pathname))
      return reply;
    // moto's content type is text/html here, so it cannot be used to recognize JSON.
    const found = JSON.parse(reply.body.toString()) as RestApi & { readonly item?: readonly RestApi[] };
    for (const api of found.item ?? [found]) escapePolicy(api);
    return withBody(reply, JSON.stringify(found));
  }
}

function escapePolicy(api: RestApi): void {
  if (api.policy) api.policy = JSON.stringify(api.policy).slice(1, -1);
}
