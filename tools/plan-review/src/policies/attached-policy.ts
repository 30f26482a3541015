import type { ResourceChange } from "../model";
import type { ComparedKind, NamedDocument } from "../policy-change";

/** One policy document, before and after. */
export interface AttachedPolicy {
  readonly resource: ResourceChange;
  readonly kind: ComparedKind;
  readonly attribute: string;
  /**
   * The resource that it is attached to; policies with the same target are evaluated together. Undefined: not known
   * before the apply.
   */
  readonly target: string | undefined;
  /**
   * Whether it has a resource of its own, such as `aws_kms_key_policy`. It overrides one in the target's own attribute.
   */
  readonly isSeparate: boolean;
  readonly before: NamedDocument | undefined;
  readonly after: NamedDocument | undefined;
  /** Whether all or a part of `after` is known only after the apply. */
  readonly isUnknown: boolean;
}
