import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";

interface RestApi {
  policy?: string;
}

/** `/restapis` and `/restapis/{id}`; deeper paths are other resources. */
const REST_API_PATH = /^\/restapis(\/[^/]+)?\/?$/;

/**
 * API Gateway: moto, with one correction. AWS answers with a resource policy that is escaped once more, as the inside
 * of a JSON string; moto with the bare policy, on which the Terraform provider fails.
 */
export class ApiGatewayService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const reply = await this.#moto.forward(call);
    if (reply.status >= 300 || reply.body.length === 0 || !REST_API_PATH.test(call.url.pathname))
      return reply;
    // moto says text/html here, so the content type tells nothing.
    const answer = JSON.parse(reply.body.toString()) as RestApi & { readonly item?: readonly RestApi[] };
    for (const api of answer.item ?? [answer]) escapePolicy(api);
    return withBody(reply, JSON.stringify(answer));
  }
}

function escapePolicy(api: RestApi): void {
  if (api.policy) api.policy = JSON.stringify(api.policy).slice(1, -1);
}
