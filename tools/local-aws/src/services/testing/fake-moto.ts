import { randomUUID } from "node:crypto";

import type { AwsCall, Moto, Reply } from "../../server/call";

type Answer<Key extends keyof Moto> = (...args: Parameters<Moto[Key]>) => Awaited<ReturnType<Moto[Key]>>;

/** The replies of a test's moto; a method without one must not be called. */
export interface Answers {
  readonly forward?: Answer<"forward">;
  readonly query?: Answer<"query">;
  readonly json?: Answer<"json">;
  readonly rest?: Answer<"rest">;
  readonly whoami?: Answer<"whoami">;
}

/** For tests: a moto with scripted replies, which records the forwarded calls. */
export class FakeMoto implements Moto {
  readonly forwarded: { readonly call: AwsCall; readonly account: string; readonly body: string }[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  forward(...args: Parameters<Moto["forward"]>): Promise<Reply> {
    const [call, change] = args;
    const body = (change?.body ?? call.body).toString();
    this.forwarded.push({ call, account: change?.account ?? call.account, body });
    return this.#answer("forward", args);
  }

  query(...args: Parameters<Moto["query"]>): Promise<Reply> {
    return this.#answer("query", args);
  }

  json(...args: Parameters<Moto["json"]>): Promise<unknown> {
    return this.#answer("json", args);
  }

  rest(...args: Parameters<Moto["rest"]>): Promise<Reply> {
    return this.#answer("rest", args);
  }

  whoami(...args: Parameters<Moto["whoami"]>): Promise<Reply> {
    return this.#answer("whoami", args);
  }

  #answer<Key extends keyof Answers & keyof Moto>(
    name: Key,
    args: Parameters<Moto[Key]>,
  ): ReturnType<Moto[Key]> {
    const answer = this.#answers[name] as Answer<Key> | undefined;
    const result = answer
      ? Promise.resolve(answer(...args))
      : Promise.reject(new Error(`moto.${name} was not expected`));
    return result as ReturnType<Moto[Key]>;
  }
}

export function xmlAnswer(body: string, status = 200): Reply {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

export function jsonAnswer(body: unknown, status = 200): Reply {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}

/** A call with the given properties; the others are those of a plain signed POST. */
export function fakeCall(
  parts: Partial<Omit<AwsCall, "body" | "url">> & { body?: string; path?: string },
): AwsCall {
  const { body = "", path = "/", ...rest } = parts;
  return {
    method: "POST",
    headers: {},
    service: "ec2",
    operation: "",
    region: "eu-west-1",
    account: "111111111111",
    accessKeyId: "test",
    requestId: randomUUID(),
    endpoint: undefined,
    ...rest,
    url: new URL(path, "http://localhost"),
    body: Buffer.from(body),
  };
}

/** A Query-protocol call. */
export function formCall(
  operation: string,
  parameters: Record<string, string>,
  parts: Partial<Omit<AwsCall, "body" | "url">> = {},
): AwsCall {
  const body = new URLSearchParams({ Action: operation, ...parameters }).toString();
  return fakeCall({
    ...parts,
    operation,
    body,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}
