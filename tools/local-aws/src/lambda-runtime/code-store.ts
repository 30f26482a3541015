import type { AwsCall } from "../server/call";
import { keyOf, parseFunctionName, type FunctionId } from "./function-configuration";

interface CodeUpload {
  readonly FunctionName?: string;
  readonly ZipFile?: string;
  readonly Code?: { readonly ZipFile?: string };
}

const FUNCTIONS_PATH = /^\/2015-03-31\/functions(?:\/([^/]+)(\/code)?)?\/?$/;

/** The zip of each function, taken from the upload calls, since moto does not return it. */
export class CodeStore {
  readonly #zips = new Map<string, Buffer>();

  get(id: FunctionId): Buffer | undefined {
    return this.#zips.get(keyOf(id));
  }

  /** Must see every successful call. */
  observe(call: Pick<AwsCall, "service" | "method" | "url" | "body" | "account" | "region">): void {
    if (call.service !== "lambda") return;
    const match = FUNCTIONS_PATH.exec(call.url.pathname);
    if (!match) return;
    const name = match[1] && decodeURIComponent(match[1]);
    const isCode = match[2] !== undefined;
    if (call.method === "DELETE" && name) this.#zips.delete(keyOf(parseFunctionName(name, call)));
    if (call.method === "POST" && !name) this.#upload(call, undefined);
    if (call.method === "PUT" && isCode) this.#upload(call, name);
  }

  #upload(call: Pick<AwsCall, "body" | "account" | "region">, nameInPath: string | undefined): void {
    const upload = JSON.parse(call.body.toString()) as CodeUpload;
    const id = parseFunctionName(nameInPath ?? upload.FunctionName ?? "", call);
    const zip = upload.ZipFile ?? upload.Code?.ZipFile;
    if (zip === undefined) this.#zips.delete(keyOf(id));
    else this.#zips.set(keyOf(id), Buffer.from(zip, "base64"));
  }
}
