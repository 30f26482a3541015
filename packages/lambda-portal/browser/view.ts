import type { PageSettings } from "./page-settings";
import type { Reference } from "./problem";
import { TEXTS } from "./texts";

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

/** What the card shows at one time. */
interface Screen {
  readonly title: string;
  readonly text: string;
  /** Index of the step that goes on now; absent where nothing does. */
  readonly step?: number;
  /** The first is the one that most people want. */
  readonly actions: readonly Action[];
  readonly reference?: Reference;
  /** Whoever is signed in. */
  readonly user?: string | undefined;
}

type Show = (screen: Screen) => void;

/**
 * The page's one card. Its parts are made once and then change, so that screen readers notice. Everything is set as
 * text: no text can become markup.
 */
export function createView({ company }: PageSettings): Show {
  const title = element("h1", { tabIndex: -1 });
  const text = element("p", {});
  text.setAttribute("role", "status");
  const steps = element("ol", { className: "steps" });
  const actions = element("div", { className: "actions" });
  const reference = element("p", { className: "reference" });
  const user = element("span", {});
  const help = element("a", { textContent: TEXTS.support, rel: "noreferrer" });
  const footer = element("footer", {}, user, help);
  const brand = element("header", {}, ...brandOf(company));
  document.body.append(
    element(
      "div",
      { className: "page" },
      brand,
      element("main", {}, title, text, steps, actions, reference),
      footer,
    ),
  );

  let isBusySinceLoad = true;
  return (screen) => {
    isBusySinceLoad &&= screen.step !== undefined;
    document.body.classList.toggle("late", isBusySinceLoad);
    title.textContent = screen.title;
    text.textContent = screen.text;
    document.body.classList.toggle("busy", screen.step !== undefined);
    steps.replaceChildren(...stepsAt(screen.step));
    actions.replaceChildren(...screen.actions.map(buttonOf));
    reference.replaceChildren(...referenceOf(screen.reference));
    user.textContent = screen.user === undefined ? "" : TEXTS.signedInAs(screen.user);
    help.hidden = company?.support === undefined;
    help.href = helpAddress(company?.support ?? "", screen.reference);
    // Where nothing goes on, it is the person's turn.
    if (screen.step === undefined) title.focus();
  };
}

function brandOf(company: PageSettings["company"]): Node[] {
  if (company === undefined) return [];
  const logo = company.logo === undefined ? [] : [element("img", { src: company.logo, alt: "" })];
  return [...logo, element("span", { textContent: company.name })];
}

function stepsAt(current: number | undefined): Node[] {
  if (current === undefined) return [];
  return TEXTS.opening.steps.map((label, index) => {
    const item = element("li", { className: index < current ? "done" : "", textContent: label });
    if (index === current) item.setAttribute("aria-current", "step");
    return item;
  });
}

function buttonOf({ label, run }: Action): Node {
  const button = element("button", { type: "button", textContent: label });
  button.addEventListener("click", run);
  return button;
}

function referenceOf(reference: Reference | undefined): Node[] {
  if (reference === undefined) return [];
  return [`${TEXTS.reference}: `, element("code", { textContent: textOf(reference) })].map((part) =>
    typeof part === "string" ? document.createTextNode(part) : part,
  );
}

function textOf({ code, requestId }: Reference): string {
  return requestId === undefined ? code : `${code}, ${TEXTS.request} ${requestId}`;
}

function helpAddress(support: string, reference: Reference | undefined): string {
  if (!support.includes("@") || support.startsWith("https:")) return support;
  const body =
    reference === undefined
      ? ""
      : `&body=${encodeURIComponent(`${TEXTS.reference}: ${textOf(reference)}\n`)}`;
  return `mailto:${support}?subject=${encodeURIComponent(TEXTS.mailSubject)}${body}`;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: Node[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
