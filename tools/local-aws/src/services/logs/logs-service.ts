import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";
import { readFilterPattern } from "./filter-pattern";

interface FilterRequest {
  readonly filterPattern?: string;
}

interface FilteredEvents {
  readonly events?: readonly { readonly message?: string }[];
}

/** CloudWatch Logs: moto, which takes every filter pattern for one that all events match. */
export class LogsService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (call.operation !== "FilterLogEvents") return this.#moto.forward(call);
    const { filterPattern = "", ...rest } = JSON.parse(call.body.toString()) as FilterRequest;
    const matches = readFilterPattern(filterPattern);
    const reply = await this.#moto.forward(call, { body: JSON.stringify(rest) });
    if (reply.status !== 200) return reply;
    const answer = JSON.parse(reply.body.toString()) as FilteredEvents;
    const events = answer.events?.filter(({ message = "" }) => matches(message));
    return withBody(reply, JSON.stringify({ ...answer, events }));
  }
}
