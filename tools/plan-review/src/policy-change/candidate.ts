import type { Principal } from "@studio-access/policy";

type ContextValue = string | readonly string[];

/**
 * A part of a request: one value for one or more of its dimensions. Parts of different dimensions make up a request.
 */
export interface Candidate {
  readonly action?: string;
  /** Whether AWS authorizes the action on a resource, on `*`, or on either. */
  readonly takes?: "none" | "optional" | "required";
  readonly resource?: string;
  readonly principal?: Principal;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly words: CandidateWords;
}

/** The words for it in a report. */
interface CandidateWords {
  readonly resource?: string;
  readonly principal?: string;
  /** `aws:SourceVpce "vpce-1"`, `no aws:SourceVpce`, by key. */
  readonly conditions?: Readonly<Record<string, string>>;
}

export function merge(left: Candidate, right: Candidate): Candidate {
  return {
    ...left,
    ...right,
    context: { ...left.context, ...right.context },
    words: {
      ...left.words,
      ...right.words,
      conditions: { ...left.words.conditions, ...right.words.conditions },
    },
  };
}

/** Whether AWS evaluates such a request: an action without a resource type is authorized on `*` alone, and so on. */
export function isAsked({ takes, resource }: Pick<Candidate, "takes" | "resource">): boolean {
  if (takes === undefined || resource === undefined || takes === "optional") return true;
  return (takes === "none") === (resource === "*");
}
