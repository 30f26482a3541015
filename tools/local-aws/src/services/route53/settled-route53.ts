import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";
import { parseXml, removeChild, renderXml } from "../../server/xml";

/**
 * Route 53 whose changes are through at once. AWS answers every change with a ChangeInfo whose status can be polled, and
 * the AWS provider waits 15 seconds before it first asks. Without a ChangeInfo it has nothing to wait for. AWS never
 * answers so: this is for tests that prove something else.
 */
export class SettledRoute53 implements ServiceHandler {
  readonly #route53: ServiceHandler;

  constructor(route53: ServiceHandler) {
    this.#route53 = route53;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const reply = await this.#route53.handle(call);
    const body = reply.body.toString();
    if (call.method === "GET" || reply.status >= 300 || !body.includes("<ChangeInfo>")) return reply;
    const root = parseXml(body);
    removeChild(root, "ChangeInfo");
    return withBody(reply, renderXml(root));
  }
}
