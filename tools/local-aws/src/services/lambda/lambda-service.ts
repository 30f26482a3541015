import { notImplemented } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import type { MayAlso } from "../../server/data-plane";
import { withBody } from "../../server/protocol";

/** Settings of a function that moto accepts but does not store. */
interface ForgottenSettings {
  readonly KMSKeyArn?: string;
  readonly LoggingConfig?: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

/** `/2015-03-31/functions[/{name}[/{rest}]]`; other paths belong to layers, event sources and other resources. */
const FUNCTION_PATH = /^\/2015-03-31\/functions(?:\/([^/]+)(?:\/([^/]+))?)?\/?$/;

/** Ends of the paths that invoke a function. moto answers them with 200 and an error text, which looks like success. */
const INVOCATION = /\/(invocations|invoke-async|response-streaming-invocations)\/?$/;

/** Subresources of a function whose requests and replies hold its configuration. */
const WITH_CONFIGURATION = new Set([undefined, "configuration", "code", "versions"]);

/** Lambda: moto stores the functions. The data plane runs them: it intercepts Invoke before this service is called. */
export class LambdaService implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  readonly #mayAlso: MayAlso;
  /** By account, region and function name. */
  readonly #settings = new Map<string, ForgottenSettings>();

  constructor(moto: Pick<Moto, "forward">, mayAlso: MayAlso) {
    this.#moto = moto;
    this.#mayAlso = mayAlso;
  }

  async handle(call: AwsCall): Promise<Reply> {
    if (INVOCATION.test(call.url.pathname)) {
      throw notImplemented("lambda", "Invoke", "no data plane that runs functions was started with it");
    }
    const match = FUNCTION_PATH.exec(call.url.pathname);
    if (!match) return await this.#moto.forward(call);
    const [, name, part] = match;
    if (!WITH_CONFIGURATION.has(part)) return await this.#moto.forward(call);
    const request =
      call.method === "GET" || call.body.length === 0 ? {} : (JSON.parse(call.body.toString()) as Json);
    const reply = await this.#moto.forward(call);
    if (reply.status >= 300) return reply;
    this.#remember(call, name ?? textOf(request["FunctionName"]), part, request);
    return reply.body.length === 0 ? reply : await this.#completed(call, reply);
  }

  #remember(call: AwsCall, name: string | undefined, part: string | undefined, request: Json): void {
    if (name === undefined) return;
    const key = keyOf(call, name);
    if (call.method === "DELETE") this.#settings.delete(key);
    const isCreation = call.method === "POST" && part === undefined;
    if (!isCreation && !(call.method === "PUT" && part === "configuration")) return;
    const before = isCreation ? {} : this.#settings.get(key);
    const { KMSKeyArn, LoggingConfig } = request as ForgottenSettings;
    this.#settings.set(key, {
      ...before,
      ...(KMSKeyArn !== undefined && { KMSKeyArn }),
      ...(LoggingConfig !== undefined && { LoggingConfig }),
    });
  }

  async #completed(call: AwsCall, reply: Reply): Promise<Reply> {
    const answer = await this.#withReadableTags(call, JSON.parse(reply.body.toString()) as Json);
    const complete = (value: unknown): unknown => this.#complete(call, value);
    const changes = {
      ...("Configuration" in answer && { Configuration: complete(answer["Configuration"]) }),
      ...(Array.isArray(answer["Functions"]) && { Functions: answer["Functions"].map(complete) }),
      ...(Array.isArray(answer["Versions"]) && { Versions: answer["Versions"].map(complete) }),
    };
    return withBody(reply, JSON.stringify({ ...(complete(answer) as Json), ...changes }));
  }

  /**
   * GetFunction has tags only for callers that may list them.
   *
   * Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html, "Tags"
   */
  async #withReadableTags(call: AwsCall, answer: Json): Promise<Json> {
    if (!("Tags" in answer) || (await this.#mayAlso(call, "lambda:ListTags"))) return answer;
    return Object.fromEntries(Object.entries(answer).filter(([member]) => member !== "Tags"));
  }

  /** Adds the settings that moto does not store to a function's configuration; returns any other value unchanged. */
  #complete(call: AwsCall, value: unknown): unknown {
    const configuration = value as Json;
    const name = textOf(configuration["FunctionName"]);
    if (name === undefined) return value;
    const { KMSKeyArn, LoggingConfig } = this.#settings.get(keyOf(call, name)) ?? {};
    return {
      ...configuration,
      ...(KMSKeyArn && { KMSKeyArn }),
      // AWS's default for a function that names no log group.
      LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}`, ...LoggingConfig },
    };
  }
}

/** Calls name a function by its name, or by its ARN with or without a version. */
function keyOf(call: AwsCall, name: string): string {
  const plain = decodeURIComponent(name);
  const parts = plain.split(":");
  const marker = parts.indexOf("function");
  const functionName = marker < 0 ? (parts[0] ?? plain) : parts[marker + 1];
  return `${call.account} ${call.region} ${functionName ?? plain}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
