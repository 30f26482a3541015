import { lobsOf, type Placed } from "../draft";
import { renderPath } from "../path";
import { problem } from "../problem";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

/** Stacks, and other things that are named like a LOB somewhere. */
export const RESERVED_LOB_NAMES = ["networking", "access", "on-premise", "state", "ci-access", "internet"];

const lobNamesUnique: Rule = (draft) => {
  const names = lobsOf(draft).flatMap(({ lob, path }) =>
    lob.name === undefined ? [] : [{ value: lob.name, path: [...path, "name"] }],
  );
  return repeatsOf(names, (name) => name).map(({ first, again }) =>
    problem(
      again.path,
      again.value,
      "each LOB has a name of its own: it names the stack and the row in the LOBs table",
      `rename one; ${renderPath(first.path)} is the same`,
    ),
  );
};

const lobNamesFree: Rule = (draft) =>
  lobsOf(draft).flatMap(({ lob: { name }, path }) =>
    name !== undefined && RESERVED_LOB_NAMES.includes(name)
      ? [
          problem(
            [...path, "name"],
            name,
            "reserved: Studio Access uses this name itself",
            `write lob-${name}`,
          ),
        ]
      : [],
  );

const domainNamesUnique: Rule = (draft) => {
  const domains = lobsOf(draft).flatMap(
    ({ lob: { account, domainName }, path }): Placed<[string, string]>[] =>
      account?.id === undefined || domainName === undefined
        ? []
        : [{ value: [account.id, domainName], path: [...path, "domainName"] }],
  );
  return repeatsOf(domains, (domain) => domain.join(" ")).map(({ first, again }) =>
    problem(
      again.path,
      again.value[1],
      "an account has one Studio domain of a name",
      `rename one; ${renderPath(first.path)} is the same, in the same account`,
    ),
  );
};

export const nameRules: readonly Rule[] = [lobNamesUnique, lobNamesFree, domainNamesUnique];
