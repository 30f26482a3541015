import type { Placed } from "../draft";
import { problem } from "../problem";
import { renderPath } from "../path";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

/** Keys that the stacks set themselves, and AWS's own; compared without case, as IAM does. */
const RESERVED = /^(aws:.*|project|environment|name|studio-access:.*)$/i;

/**
 * Route 53 takes 10 tags on a hosted zone, fewer than any other service here, and the stacks set Project, Environment and
 * Name. Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
 */
const MOST_TAGS = 7;

const keysFree: Rule = (draft) =>
  Object.entries(draft.tags ?? {})
    .filter(([key]) => RESERVED.test(key))
    .map(([key, value]) =>
      problem(
        ["tags", key],
        value,
        "reserved: AWS (aws:) or Studio Access (Project, Environment, Name, studio-access:) sets it",
        "choose another key, or remove the tag",
      ),
    );

/** IAM refuses a role with two tags whose keys differ in case only, where other services keep both. */
const keysDifferInMoreThanCase: Rule = (draft) => {
  const keys = Object.keys(draft.tags ?? {}).map((key): Placed<string> => ({
    value: key,
    path: ["tags", key],
  }));
  return repeatsOf(keys, (key) => key.toLowerCase()).map(({ first, again }) =>
    problem(
      again.path,
      draft.tags?.[again.value],
      "IAM takes keys that differ in case only for the same",
      `keep one; ${renderPath(first.path)} is the other`,
    ),
  );
};

const notTooMany: Rule = (draft) => {
  const count = Object.keys(draft.tags ?? {}).length;
  if (count <= MOST_TAGS) return [];
  const rule = `at most ${MOST_TAGS} tags (here ${count}): Route 53 takes 10 on a hosted zone, and the stacks add three of their own`;
  return [problem(["tags"], draft.tags, rule, "remove some")];
};

export const tagRules: readonly Rule[] = [keysFree, keysDifferInMoreThanCase, notTooMany];
