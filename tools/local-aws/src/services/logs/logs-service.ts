import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";
import { readFilterPattern } from "./filter-pattern";

interface FilterRequest {
  readonly filterPattern?: string;
}

interface FilteredEvents {
  readonly events?: readonly { readonly message?: string }[];
}

/**
 * The only retentions, in days. The service model has no more than an integer.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** CloudWatch Logs: moto, which takes every filter pattern for one that all events match, and any retention. */
export class LogsService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (call.operation === "PutRetentionPolicy") checkRetention(call);
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

function checkRetention({ body }: AwsCall): void {
  const { retentionInDays = 0 } = JSON.parse(body.toString()) as { readonly retentionInDays?: number };
  if (RETENTIONS.includes(retentionInDays)) return;
  throw new AwsError(
    "InvalidParameterException",
    `Invalid retention value. Valid values are: [${RETENTIONS.join(", ")}]`,
  );
}
