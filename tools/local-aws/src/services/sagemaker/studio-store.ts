export type StudioKind = "Domain" | "UserProfile" | "Space" | "App";

/** A domain, or a resource in one. */
export interface StudioResource {
  readonly kind: StudioKind;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly domainId: string;
  readonly name: string;
  /** The fields that Describe returns. Replaced as a whole on update. */
  fields: Readonly<Record<string, unknown>>;
  /** `Pending` only for profiles that are being made; `Deleted` only for apps, which AWS lists for another day. */
  status: "Pending" | "InService" | "Deleted";
  readonly tags: Map<string, string>;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** How long a new profile is `Pending`. AWS takes seconds as well. */
const PENDING_MILLISECONDS = 2000;

/** Every Studio domain of every account, with the resources in it. */
export class StudioStore {
  readonly #resources = new Map<string, StudioResource>();
  readonly #afterPending: (finish: () => void) => void;

  /** @param afterPending - calls back when a new profile is ready */
  constructor(
    afterPending: (finish: () => void) => void = (finish) => {
      setTimeout(finish, PENDING_MILLISECONDS).unref();
    },
  ) {
    this.#afterPending = afterPending;
  }

  get all(): StudioResource[] {
    return [...this.#resources.values()];
  }

  get(arn: string): StudioResource | undefined {
    return this.#resources.get(arn);
  }

  put(resource: Omit<StudioResource, "status" | "createdAt" | "updatedAt">): StudioResource {
    const now = new Date();
    const pending = resource.kind === "UserProfile";
    const status = pending ? "Pending" : "InService";
    const stored: StudioResource = { ...resource, status, createdAt: now, updatedAt: now };
    this.#resources.set(resource.arn, stored);
    if (pending)
      this.#afterPending(() => {
        stored.status = "InService";
      });
    return stored;
  }

  /** Replaces some of a resource's fields. Settings are replaced one by one, as AWS does. */
  update(resource: StudioResource, changes: Readonly<Record<string, unknown>>): void {
    const merged = Object.entries(changes).map(([name, value]): [string, unknown] => {
      const old = resource.fields[name];
      return [name, isStructure(old) && isStructure(value) ? { ...old, ...value } : value];
    });
    resource.fields = { ...resource.fields, ...(Object.fromEntries(merged) as Record<string, unknown>) };
    resource.updatedAt = new Date();
  }

  delete(resource: StudioResource): void {
    this.#resources.delete(resource.arn);
  }

  /** The resources in a domain. Domain ids are unique across accounts. */
  membersOf(domainId: string, kind?: StudioKind): StudioResource[] {
    return this.all.filter(
      (resource) =>
        resource.domainId === domainId &&
        (kind === undefined ? resource.kind !== "Domain" : resource.kind === kind),
    );
  }
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
