import type { AwsCall, Moto } from "./call";
import type { AccountResolver } from "./parse-call";
import { parseXml, textAt } from "./xml";

/** Account of unsigned calls, and of calls with an unknown access key: moto's default, from AWS's documentation. */
const DEFAULT_ACCOUNT = "123456789012";

/** IAM operations after which an access key may act in another account than before. */
const KEY_CHANGES = new Set(["CreateAccessKey", "DeleteAccessKey", "DeleteUser"]);

/** The account that an access key acts in: asked of moto once for each key. */
export class Accounts implements AccountResolver {
  readonly #moto: Pick<Moto, "whoami">;
  readonly #known = new Map<string, Promise<string>>();

  constructor(moto: Pick<Moto, "whoami">) {
    this.#moto = moto;
  }

  /** A key of 12 digits is the account itself: `AWS_ACCESS_KEY_ID=222222222222 aws …`. */
  async accountOf(accessKeyId: string | undefined): Promise<string> {
    if (accessKeyId === undefined) return DEFAULT_ACCOUNT;
    if (/^\d{12}$/.test(accessKeyId)) return accessKeyId;
    return await (this.#known.get(accessKeyId) ?? this.#remembered(accessKeyId));
  }

  /** Must see every successful call: changes of access keys invalidate the cache. */
  observe(call: Pick<AwsCall, "service" | "operation">): void {
    if (call.service === "iam" && KEY_CHANGES.has(call.operation)) this.#known.clear();
  }

  #remembered(accessKeyId: string): Promise<string> {
    const answer = this.#ask(accessKeyId);
    this.#known.set(accessKeyId, answer);
    answer.catch(() => this.#known.delete(accessKeyId));
    return answer;
  }

  async #ask(accessKeyId: string): Promise<string> {
    const reply = await this.#moto.whoami(accessKeyId);
    const account = textAt(parseXml(reply.body.toString()), "GetCallerIdentityResult", "Account");
    if (account === undefined) throw new Error("moto did not say which account an access key belongs to");
    return account;
  }
}
