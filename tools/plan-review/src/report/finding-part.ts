import type { RootContent } from "mdast";

import type { Finding, Severity } from "../rules/rule";
import type { Part } from "./fitting";
import { code, list, markdown, paragraph, sentence, strong, text } from "./markdown-text";
import type { Mask } from "./masking";

/** The stages in which a finding's details, and then the finding, are left out. Findings that block come last. */
const STAGES: Readonly<Record<Severity, readonly [details: number, all: number]>> = {
  note: [26, 28],
  warn: [50, 60],
  block: [70, 80],
};

export function findingPart(finding: Finding, mask: Mask): Part {
  const { severity, details = [] } = finding;
  const short = (): string => markdown(list([summary(finding, mask)]));
  if (details.length === 0) return { forms: [short, ""], stages: [STAGES[severity][1]] };
  const full = (): string => {
    // Not as a code block, in which a reader sees only the beginning of a long line.
    const lines = details.map((line) => [paragraph(...sentence(mask(line)))]);
    return markdown(list([summary(finding, mask), list(...lines)]));
  };
  return { forms: [full, short, ""], stages: STAGES[severity] };
}

function summary({ rule, stack, address, constructPath, message, remedy }: Finding, mask: Mask): RootContent {
  const place = constructPath ?? address;
  return paragraph(
    strong(rule),
    text(" in "),
    code(mask(stack)),
    ...(place === undefined ? [] : [text(", "), code(mask(place))]),
    text(": "),
    ...sentence(mask(message)),
    ...(remedy === undefined ? [] : [text(" "), ...sentence(mask(remedy))]),
  );
}
