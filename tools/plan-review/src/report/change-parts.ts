import type { ChangeKind, ResourceChange } from "../model";
import type { Part } from "./fitting";
import { attributeLines } from "./attribute-lines";
import { code, diff, markdown, paragraph, strong, text } from "./markdown-text";
import type { Mask } from "./masking";

/** What is done, in the order in which it matters to a reviewer. */
const WEIGHTS: Readonly<Record<ChangeKind, number>> = {
  delete: 6,
  replace: 5,
  update: 4,
  forget: 3,
  create: 2,
  "no-op": 1,
  read: 0,
};

/** The stages in which a change is shortened: first its details are left out, then the change itself. */
const DETAILS_GO = 10;
const CHANGE_GOES = 20;

/** The most lines that are shown of one change: nobody reviews more. */
const MOST_LINES = 200;

export function isShown({ kind, movedFrom, importedId, deferred }: ResourceChange): boolean {
  return (
    (kind !== "no-op" && kind !== "read") ||
    movedFrom !== undefined ||
    importedId !== undefined ||
    deferred !== undefined
  );
}

export function byWeight(a: ResourceChange, b: ResourceChange): number {
  return WEIGHTS[b.kind] - WEIGHTS[a.kind];
}

/**
 * A change of one resource: what is done, to which construct, with its attributes.
 *
 * @param isFound whether a finding names this resource; such a change is kept longest
 */
export function changePart(change: ResourceChange, mask: Mask, isFound: boolean): Part {
  const name = (): string => headline(change, mask);
  const weight = WEIGHTS[change.kind] + (isFound ? 8 : 0);
  const full = (): string => {
    const lines = linesOf(change, mask);
    return lines.length === 0 ? name() : `${name()}\n\n${markdown(diff(lines))}`;
  };
  return { forms: [full, name, ""], stages: [DETAILS_GO + weight, CHANGE_GOES + 10 + weight] };
}

function headline(change: ResourceChange, mask: Mask): string {
  const { address, constructPath, accountId, movedFrom, importedId, deferred } = change;
  return markdown(
    paragraph(
      strong(verbOf(change)),
      text(" "),
      code(mask(constructPath ?? address)),
      ...(constructPath === undefined ? [] : [text(" · "), code(mask(address))]),
      ...(accountId === undefined ? [] : [text(" · account "), code(mask(accountId))]),
      ...(movedFrom === undefined ? [] : [text(" · moved from "), code(mask(movedFrom))]),
      ...(importedId === undefined ? [] : [text(" · imported: "), code(mask(importedId))]),
      ...(deferred === undefined ? [] : [text(" · left for a later run: "), code(deferred)]),
      ...becauseOf(change),
    ),
  );
}

function verbOf({ kind, actions, movedFrom, importedId }: ResourceChange): string {
  if (kind === "replace") {
    if (actions.includes("forget")) return "replace, and leave the old one in AWS:";
    return actions[0] === "create" ? "replace (create, then destroy)" : "replace (destroy, then create)";
  }
  if (kind === "delete") return "destroy";
  if (kind === "forget") return "forget (stays in AWS)";
  if (kind === "update") return "change";
  if (kind === "no-op")
    return importedId !== undefined ? "import" : movedFrom !== undefined ? "move" : "keep";
  return kind;
}

/** Terraform's reasons, where they say something new. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "an earlier apply left it half made",
  replace_by_request: "asked for on the command line",
  replace_by_triggers: "something that it depends on changes",
  delete_because_no_resource_config: "it is no longer in the code",
  delete_because_each_key: "its key is no longer in the code",
  delete_because_count_index: "there are fewer of them",
};

function becauseOf({ reason = "" }: ResourceChange): readonly ReturnType<typeof text>[] {
  const because = REASONS[reason];
  return because === undefined ? [] : [text(` · ${because}`)];
}

function linesOf(change: ResourceChange, mask: Mask): readonly string[] {
  const lines = attributeLines(change, mask, change.replacePaths);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `  … ${lines.length - MOST_LINES} more lines`];
}
