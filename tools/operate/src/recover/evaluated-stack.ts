import type {
  Json,
  ResourceInstance,
  State,
  SynthesizedResource,
  SynthesizedStack,
} from "@studio-access/terraform";

import { text, type Planned } from "./import-row";

const REMOTE = "data.terraform_remote_state.cross-stack-reference-input-";

interface EvaluatedStackOptions {
  readonly stack: SynthesizedStack;
  readonly state: State | undefined;
  /** The state of another stack, whose outputs this one reads. */
  readonly stateOf: (stack: string) => State | undefined;
  readonly region: string;
}

/** A resource that the state does not have. */
interface Found {
  readonly importId: string;
  /** Attributes that AWS decides. */
  readonly made: Readonly<Record<string, string>>;
}

/**
 * A synthesized stack with its references filled in, as far as the state, the states of other stacks and what was found
 * say. A plan would say the same, and take ten seconds of processor time for each layer of resources.
 */
export class EvaluatedStack {
  readonly #options: EvaluatedStackOptions;
  readonly #resources: ReadonlyMap<string, SynthesizedResource>;
  readonly #instances: ReadonlyMap<string, ResourceInstance>;
  readonly #found = new Map<string, Found>();

  constructor(options: EvaluatedStackOptions) {
    this.#options = options;
    this.#resources = new Map(options.stack.resources.map((resource) => [resource.address, resource]));
    const instances = options.state?.instances ?? [];
    this.#instances = new Map(instances.map((instance) => [withoutKey(instance.address), instance]));
  }

  /** Managed resources that the state does not have. */
  get missing(): readonly SynthesizedResource[] {
    return [...this.#resources.values()].filter(
      ({ mode, address }) => mode === "managed" && !this.#instances.has(address),
    );
  }

  /** Remembers a resource that the state does not have, so that others can refer to it. */
  add(address: string, found: Found): void {
    this.#found.set(address, found);
  }

  planned({ body }: SynthesizedResource): Planned {
    const planned = this.#valueOf({ ...body, "//": null }) as Planned;
    return {
      ...planned,
      tags_all: { ...this.#defaultTags(body), ...(planned["tags"] as object | undefined) },
    };
  }

  accountOf({ body }: SynthesizedResource): string | undefined {
    const accounts = this.#provider(body)?.["allowed_account_ids"];
    return Array.isArray(accounts) ? text(accounts[0]) : undefined;
  }

  #provider(body: Planned): Readonly<Record<string, Json>> | undefined {
    return this.#options.stack.providerConfigurations.get(text(body["provider"]));
  }

  #defaultTags(body: Planned): object {
    const [block] = (this.#provider(body)?.["default_tags"] ?? []) as readonly { readonly tags?: object }[];
    return block?.tags ?? {};
  }

  #valueOf(json: unknown): unknown {
    if (typeof json === "string") return this.#filledIn(json);
    if (Array.isArray(json)) return json.map((item) => this.#valueOf(item));
    if (typeof json !== "object" || json === null) return json;
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, this.#valueOf(value)]));
  }

  /** Undefined where a reference leads to nothing that is known. */
  #filledIn(template: string): string | undefined {
    const unknown: string[] = [];
    const filled = template.replace(/(?<!\$)\$\{([^{}]*)\}/g, (_, reference: string) => {
      const value = this.#referenced(reference);
      if (value === "") unknown.push(reference);
      return value;
    });
    return unknown.length === 0 ? filled : undefined;
  }

  #referenced(reference: string): string {
    if (reference.startsWith(REMOTE)) {
      const [stack = "", output = ""] = reference.slice(REMOTE.length).split(".outputs.");
      return text(this.#options.stateOf(stack)?.outputs[output]?.value);
    }
    const [, address = "", attribute = ""] = /^((?:data\.)?\w+\.[\w-]+)\.(\w+)$/.exec(reference) ?? [];
    const inState = text(this.#instances.get(address)?.values[attribute]);
    const resource = this.#resources.get(address);
    if (inState !== "" || resource === undefined) return inState;
    const written = text(this.#valueOf(resource.body[attribute]));
    if (written !== "") return written;
    const found = this.#found.get(address);
    return found === undefined
      ? ""
      : (found.made[attribute] ?? this.#madeByAws(resource, attribute, found.importId));
  }

  /** An attribute that AWS decides, of a resource that was found. */
  #madeByAws(resource: SynthesizedResource, attribute: string, importId: string): string {
    const place = `${this.#options.region}:${this.accountOf(resource) ?? ""}`;
    if (attribute === "arn") {
      if (importId.startsWith("arn:")) return importId;
      if (resource.type === "aws_ec2_transit_gateway")
        return `arn:aws:ec2:${place}:transit-gateway/${importId}`;
      if (resource.type === "aws_cloudwatch_log_group") return `arn:aws:logs:${place}:log-group:${importId}`;
      if (resource.type === "aws_iam_role")
        return `arn:aws:iam::${this.accountOf(resource) ?? ""}:role${text(resource.body["path"]) || "/"}${importId}`;
      return "";
    }
    // `api/authorizer`, and the key, zone or domain of the same name.
    return ["id", "key_id", "zone_id"].includes(attribute) ? (importId.split("/").at(-1) ?? "") : "";
  }
}

/** An instance of a resource with `count` or `for_each` is one of the resource's. */
function withoutKey(address: string): string {
  return address.replace(/\[.*\]$/, "");
}
