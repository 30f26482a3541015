import type { ChangeKind, PlanFailure } from "../model";
import type { Cost } from "../prices";
import type { Counts, Review, Verdict } from "../review";
import type { Config } from "@studio-access/config";
import type { Finding } from "../rules/rule";
import { attributeLines } from "./attribute-lines";
import { isShown } from "./change-parts";
import { maskedDeep, maskOf } from "./masking";

/** The complete review for machines, without secrets. */
export interface ReviewJson {
  readonly version: 1;
  readonly environment: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly cost: Cost | null;
  readonly stacks: readonly StackJson[];
}

export interface StackJson {
  readonly stack: string;
  readonly failure: PlanFailure | null;
  readonly terraformVersion: string;
  readonly counts: Counts;
  readonly changes: readonly ChangeJson[];
  /** Names of outputs that change. */
  readonly outputs: readonly string[];
}

export interface ChangeJson {
  readonly address: string;
  readonly kind: ChangeKind;
  readonly constructPath: string | null;
  readonly accountId: string | null;
  readonly movedFrom: string | null;
  readonly importedId: string | null;
  /** The attributes that change, as the lines of a diff. */
  readonly diff: readonly string[];
}

export function jsonReport(review: Review, config: Config): ReviewJson {
  const mask = maskOf(review.stacks, config);
  const stacks = review.stacks.map((plan): StackJson => ({
    stack: plan.stack,
    failure: plan.failure ?? null,
    terraformVersion: plan.terraformVersion,
    counts: review.counts[plan.stack] ?? {
      add: 0,
      change: 0,
      replace: 0,
      destroy: 0,
      forget: 0,
      import: 0,
      move: 0,
    },
    changes: plan.resources.filter(isShown).map((change) => ({
      address: change.address,
      kind: change.kind,
      constructPath: change.constructPath ?? null,
      accountId: change.accountId ?? null,
      movedFrom: change.movedFrom ?? null,
      importedId: change.importedId ?? null,
      diff: attributeLines(change, mask, change.replacePaths),
    })),
    outputs: plan.outputs.filter(({ kind }) => kind !== "no-op").map(({ name }) => name),
  }));
  const { verdict, findings, cost = null } = review;
  const shown = maskedDeep({ findings, cost, stacks }, mask) as Pick<
    ReviewJson,
    "findings" | "cost" | "stacks"
  >;
  return { version: 1, environment: config.environment, verdict, ...shown };
}
