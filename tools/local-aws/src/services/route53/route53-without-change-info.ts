import type { AwsCall, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";
import { parseXml, removeChild, renderXml } from "../../server/xml";

/**
 * Route 53 without ChangeInfo. AWS answers every change with a ChangeInfo whose status can be polled, and the AWS provider
 * waits 15 seconds before its first poll. Without a ChangeInfo the provider does not wait. AWS always sends one, so this is
 * only for tests that do not concern Route 53.
 */
export class Route53WithoutChangeInfo implements ServiceHandler {
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
