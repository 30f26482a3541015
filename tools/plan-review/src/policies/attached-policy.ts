import type { ResourceChange } from "../model";
import type { JudgedKind, NamedDocument } from "../policy-change";

/** One policy document, before and after. */
export interface AttachedPolicy {
  readonly resource: ResourceChange;
  readonly kind: JudgedKind;
  readonly attribute: string;
  /** What it is attached to; the same for all policies that add up. Undefined: not known before the apply. */
  readonly target: string | undefined;
  /** The policy of a resource whose type can only be a policy; it wins over one in the target's own attribute. */
  readonly isSeparate: boolean;
  readonly before: NamedDocument | undefined;
  readonly after: NamedDocument | undefined;
  /** Whether all or a part of `after` is known only after the apply. */
  readonly isUnknown: boolean;
}
