import { isWrite } from "../network/write-call";
import type { ControlPlaneClient } from "../network/control-plane-client";
import type { AwsCall } from "../server/call";
import {
  keyOf,
  readConfiguration,
  type FunctionConfiguration,
  type FunctionId,
} from "./function-configuration";

/** Configuration and resource policy of each function, kept until a call changes a function. */
export class FunctionDirectory {
  readonly #controlPlane: Pick<ControlPlaneClient, "get">;
  readonly #configurations = new Map<string, Promise<FunctionConfiguration | undefined>>();
  readonly #policies = new Map<string, Promise<string | undefined>>();

  constructor(controlPlane: Pick<ControlPlaneClient, "get">) {
    this.#controlPlane = controlPlane;
  }

  /** @returns undefined when there is no such function */
  async configurationOf(id: FunctionId): Promise<FunctionConfiguration | undefined> {
    return await kept(this.#configurations, keyOf(id), async () => {
      const body = await this.#get(id, "");
      return body === undefined ? undefined : readConfiguration(id, body);
    });
  }

  /** The function's resource-based policy as JSON text; undefined when it has none. */
  async policyOf(id: FunctionId): Promise<string | undefined> {
    return await kept(this.#policies, keyOf(id), async () => {
      const body = await this.#get(id, "/policy");
      return body === undefined ? undefined : (JSON.parse(body) as { readonly Policy?: string }).Policy;
    });
  }

  /** Must see every successful call. */
  observe(call: Pick<AwsCall, "service" | "operation" | "method">): void {
    if (call.service !== "lambda" || !isWrite(call) || call.operation.endsWith("/invocations")) return;
    this.#configurations.clear();
    this.#policies.clear();
  }

  async #get({ account, region, name }: FunctionId, suffix: string): Promise<string | undefined> {
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}${suffix}`;
    const reply = await this.#controlPlane.get({ service: "lambda", account, region }, path);
    if (reply.status === 404) return undefined;
    if (reply.status >= 300)
      throw new Error(`the local Lambda answered GET ${path} with HTTP ${reply.status}`);
    return reply.body.toString();
  }
}

async function kept<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  read: () => Promise<Value>,
): Promise<Value> {
  const value = cache.get(key) ?? read();
  cache.set(key, value);
  try {
    return await value;
  } catch (error) {
    cache.delete(key);
    throw error;
  }
}
