import type { AwsCall, Moto } from "./call";
import type { AccountResolver } from "./parse-call";
import { parseXml, textAt } from "./xml";

/** Account of calls whose access key nobody made, and of unsigned ones. moto's default, from AWS's documentation. */
export const DEFAULT_ACCOUNT = "123456789012";

/** IAM operations after which an access key may act in another account than before. */
const KEY_CHANGES = new Set(["CreateAccessKey", "DeleteAccessKey", "DeleteUser"]);

/** Which account an access key acts in. moto knows; its answers are kept. */
export class Accounts implements AccountResolver {
  readonly #moto: Pick<Moto, "whoami">;
  readonly #known = new Map<string, Promise<string>>();
  readonly #seen = new Set<string>([DEFAULT_ACCOUNT]);

  constructor(moto: Pick<Moto, "whoami">) {
    this.#moto = moto;
  }

  /** Every account that a call has acted in so far. */
  get seen(): readonly string[] {
    return [...this.#seen].sort();
  }

  /** A key of 12 digits is the account itself: `AWS_ACCESS_KEY_ID=222222222222 aws …`. */
  async accountOf(accessKeyId: string | undefined): Promise<string> {
    const account = await this.#lookUp(accessKeyId);
    this.#seen.add(account);
    return account;
  }

  /** To be told of every successful call. */
  observe(call: Pick<AwsCall, "service" | "operation">): void {
    if (call.service === "iam" && KEY_CHANGES.has(call.operation)) this.#known.clear();
  }

  async #lookUp(accessKeyId: string | undefined): Promise<string> {
    if (accessKeyId === undefined) return DEFAULT_ACCOUNT;
    if (/^\d{12}$/.test(accessKeyId)) return accessKeyId;
    const answer = this.#known.get(accessKeyId) ?? this.#ask(accessKeyId);
    this.#known.set(accessKeyId, answer);
    return await answer;
  }

  async #ask(accessKeyId: string): Promise<string> {
    try {
      const reply = await this.#moto.whoami(accessKeyId);
      const account = textAt(parseXml(reply.body.toString()), "GetCallerIdentityResult", "Account");
      if (account === undefined) throw new Error("moto did not say which account an access key belongs to");
      return account;
    } catch (error) {
      this.#known.delete(accessKeyId);
      throw error;
    }
  }
}
