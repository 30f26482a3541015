import type { AwsCall, Reply } from "../../server/call";
import { withBody } from "../../server/protocol";
import { child, childrenOf, parseXml, putChild, renderXml, textAt, type XmlElement } from "../../server/xml";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/** Descriptions of security group rules: moto keeps them only for rules that name an address range. */
export class RuleOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["AuthorizeSecurityGroupIngress", (call, form) => this.#authorize(call, form)],
    ["AuthorizeSecurityGroupEgress", (call, form) => this.#authorize(call, form)],
    ["ModifySecurityGroupRules", (call, form) => this.#modify(call, form)],
    ["DescribeSecurityGroupRules", (call) => this.#describe(call)],
  ]);
  readonly #context: Ec2Context;
  /** Rule's id to its description. */
  readonly #descriptions = new Map<string, string>();

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #authorize(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    const description = targetDescription(form);
    if (reply.status >= 300 || description === undefined) return reply;
    return this.#describing(reply, (id) => {
      this.#descriptions.set(id, description);
    });
  }

  async #modify(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    if (reply.status >= 300) return reply;
    for (const [name, id] of form) {
      const [, index] = /^SecurityGroupRule\.(\d+)\.SecurityGroupRuleId$/.exec(name) ?? [];
      if (index === undefined) continue;
      const description = form.get(`SecurityGroupRule.${index}.SecurityGroupRule.Description`);
      if (description === null) this.#descriptions.delete(id);
      else this.#descriptions.set(id, description);
    }
    return reply;
  }

  async #describe(call: AwsCall): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    return reply.status >= 300 || this.#descriptions.size === 0 ? reply : this.#describing(reply);
  }

  /** Adds the kept descriptions to the rules in a reply; calls `seen` with each rule's id first. */
  #describing(reply: Reply, seen?: (id: string) => void): Reply {
    const root = parseXml(reply.body.toString());
    for (const rule of rulesOf(root)) {
      const id = textAt(rule, "securityGroupRuleId") ?? "";
      seen?.(id);
      const description = this.#descriptions.get(id);
      if (description !== undefined) putChild(rule, "description", description);
    }
    return withBody(reply, renderXml(root));
  }
}

/** Description of the one target that is a group or a prefix list; none when the request has several rules. */
function targetDescription(form: URLSearchParams): string | undefined {
  const found = [...form].filter(([name]) =>
    /^IpPermissions\.\d+\.(?:Groups|PrefixListIds)\.\d+\.Description$/.test(name),
  );
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function rulesOf(root: XmlElement): XmlElement[] {
  const set = child(root, "securityGroupRuleSet");
  return set === undefined ? [] : childrenOf(set, "item");
}
