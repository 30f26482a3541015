import type { AwsCall, Reply } from "../../server/call";
import { listOf, tagsOf } from "../../server/form";
import { element } from "../../server/xml";
import { ec2Reply, type Ec2Context, type Ec2Operation } from "./ec2-context";

/** Tags on attachments across accounts, of which each account has its own. moto holds all other tags. */
export class TagOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    [
      "CreateTags",
      (call, form) =>
        this.#change(call, form, (own, tags) => {
          for (const [key, value] of tags) own.set(key, value);
        }),
    ],
    [
      "DeleteTags",
      (call, form) =>
        this.#change(call, form, (own, tags) => {
          for (const key of tags.keys()) own.delete(key);
        }),
    ],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #change(
    call: AwsCall,
    form: URLSearchParams,
    apply: (own: Map<string, string>, tags: ReadonlyMap<string, string>) => void,
  ): Promise<Reply> {
    const ids = listOf(form, "ResourceId");
    const shared = ids.flatMap((id) => this.#context.attachments.visible(id, call.account) ?? []);
    if (shared.length === 0) return await this.#context.moto.forward(call);
    const tags = tagsOf(form, "Tag");
    for (const attachment of shared) {
      const own = attachment.tags.get(call.account) ?? new Map<string, string>();
      apply(own, tags);
      attachment.tags.set(call.account, own);
    }
    const rest = ids.filter((id) => !shared.some((attachment) => attachment.id === id));
    if (rest.length === 0) return ec2Reply(call, element("return", "true"));
    return await this.#context.moto.forward(call, { body: withResources(form, rest) });
  }
}

function withResources(form: URLSearchParams, ids: readonly string[]): string {
  const others = [...form].filter(([name]) => !name.startsWith("ResourceId."));
  const resources = ids.map((id, index): [string, string] => [`ResourceId.${index + 1}`, id]);
  return new URLSearchParams([...others, ...resources]).toString();
}
