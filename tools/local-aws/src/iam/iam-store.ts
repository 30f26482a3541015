import { isWrite } from "../network/write-call";
import type { AwsCall, Moto } from "../server/call";
import { iamQuery, managedPolicy } from "./iam-query";
import { readRole, type IamRole } from "./role";
import { compile, type StoredPolicy } from "./stored-policy";
import { readUser, type IamUser } from "./user";

/** The current roles, users and policies of all accounts. Each is read once until something in IAM changes. */
export class IamStore {
  readonly #moto: Pick<Moto, "query">;
  readonly #kept = new Map<string, Promise<unknown>>();

  constructor(moto: Pick<Moto, "query">) {
    this.#moto = moto;
  }

  /** @returns undefined when there is no such role */
  async role(arn: string): Promise<IamRole | undefined> {
    return await this.#once(`role ${arn}`, () => readRole(this.#moto, arn));
  }

  /** @returns undefined when there is no such user */
  async user(account: string, name: string): Promise<IamUser | undefined> {
    return await this.#once(`user ${account} ${name}`, () => readUser(this.#moto, account, name));
  }

  /** A managed policy that was passed as a session policy. AWS-managed policies exist in every account. */
  async sessionPolicy(arn: string, account: string): Promise<StoredPolicy> {
    return await this.#once(`session policy ${arn}`, async () => {
      const { name, text } = await managedPolicy(iamQuery(this.#moto, account), arn);
      return compile(text, "session", name);
    });
  }

  /** Must see every successful call. Results that are being read during a change are not cached. */
  observe(call: Pick<AwsCall, "service" | "operation" | "method">): void {
    if (call.service === "iam" && isWrite(call)) this.#kept.clear();
  }

  async #once<Value>(key: string, read: () => Promise<Value>): Promise<Value> {
    const reading = (this.#kept.get(key) as Promise<Value> | undefined) ?? read();
    this.#kept.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      // The next call reads again.
      if (this.#kept.get(key) === reading) this.#kept.delete(key);
      throw error;
    }
  }
}
