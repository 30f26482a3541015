import type { PolicyDocument } from "./iam-query";
import { compile, type StoredPolicy } from "./stored-policy";

/** A role or user as IAM stores it. */
export interface IdentityDocuments {
  readonly arn: string;
  /** `AROA…` or `AIDA…`; a role or user that is recreated under the same name has another one. */
  readonly id: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Inline and managed policies, for a user also those of its groups. */
  readonly policies: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
}

/** A role or user with its policies, each compiled when it is first used. */
export class IamIdentity {
  readonly arn: string;
  readonly id: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly #documents: IdentityDocuments;
  #policies: readonly StoredPolicy[] | undefined;
  #boundary: StoredPolicy | undefined;

  constructor(documents: IdentityDocuments) {
    this.arn = documents.arn;
    this.id = documents.id;
    this.tags = documents.tags;
    this.#documents = documents;
  }

  /** @throws {PolicyError} */
  get policies(): readonly StoredPolicy[] {
    this.#policies ??= this.#documents.policies.map(({ name, text }) => compile(text, "identity", name));
    return this.#policies;
  }

  /**
   * The permissions boundary; undefined when there is none.
   *
   * @throws {PolicyError}
   */
  get boundary(): StoredPolicy | undefined {
    const { boundary } = this.#documents;
    if (boundary) this.#boundary ??= compile(boundary.text, "boundary", boundary.name);
    return this.#boundary;
  }
}
