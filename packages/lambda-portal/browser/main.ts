import type { PageSettings } from "./page-settings";
import { Problem, type ProblemKind } from "./problem";
import {
  beginSignIn,
  finishSignIn,
  isReturn,
  isSignedOut,
  pageAddress,
  type SignedIn,
  signOut,
} from "./sign-in";
import { askForStudio, studioUrl, userNameOf } from "./studio";
import { PROBLEMS, TEXTS } from "./texts";
import { type Action, createView } from "./view";

/** How long Studio may take to answer. */
const STUDIO_TIMEOUT_MS = 30_000;

/** Another try needs another token: these depend on what the provider says about the person. */
const NEED_NEW_TOKEN: readonly ProblemKind[] = [
  "unauthorized",
  "forbidden",
  "lob_ambiguous",
  "too_many_groups",
  "user_name_unusable",
];

const { title, pending } = TEXTS.opening;
const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "") as PageSettings;
const show = createView(settings);

/** The tokens are here, and nowhere else. */
let signedIn: SignedIn | undefined;
let isBusy = false;

/** Runs a part of the way into Studio, and says what went wrong. */
function run(work: () => Promise<void>): void {
  isBusy = true;
  work().catch((error: unknown) => {
    fail(error instanceof Problem ? error : new Problem("answer_unknown"));
  });
}

function progress(step: number, text: string = TEXTS.opening.text, actions: readonly Action[] = []): void {
  show({ title, text, step, actions, user: signedIn?.displayName });
}

function fail(problem: Problem): void {
  isBusy = false;
  const again = (): void => {
    if (signedIn === undefined || NEED_NEW_TOKEN.includes(problem.kind)) enter();
    else open(signedIn);
  };
  const actions = [
    { label: TEXTS.actions.openAgain, run: again },
    { label: TEXTS.actions.signOut, run: leave },
  ];
  show({ ...PROBLEMS[problem.kind], actions, reference: problem.reference, user: signedIn?.displayName });
}

/** Signs in. The provider asks nothing of somebody who is signed in there. */
function enter({ isSecond = false, replace = false } = {}): void {
  progress(0);
  run(() => beginSignIn(settings, { isSecond, replace }));
}

function finish(parameters: URLSearchParams): void {
  progress(0);
  run(async () => {
    signedIn = await finishSignIn(settings, parameters);
    open(signedIn);
  });
}

function open(tokens: SignedIn): void {
  progress(1);
  run(async () => {
    try {
      const { accessToken } = tokens;
      const user = userNameOf(accessToken, settings.userNameClaim);
      const stop = new AbortController();
      const stopWaiting = {
        label: TEXTS.actions.stopWaiting,
        run: () => {
          stop.abort();
        },
      };
      const answer = await askForStudio({
        address: `${pageAddress()}/${user}`,
        accessToken,
        onPending: () => {
          progress(1, pending, [stopWaiting]);
        },
        signal: stop.signal,
      });
      const url = studioUrl(answer, settings.studio);
      progress(2);
      // The browser is on its way now. Where Studio does not answer, this page is what remains.
      setTimeout(() => {
        fail(new Problem("url_expired"));
      }, STUDIO_TIMEOUT_MS);
      location.replace(url);
    } catch (error) {
      // A token may expire while a profile is made. Once: a token that is never accepted must not lead in circles.
      const isExpired = error instanceof Problem && error.kind === "unauthorized" && !tokens.isSecond;
      if (!isExpired) throw error;
      enter({ isSecond: true, replace: true });
    }
  });
}

function leave(): void {
  show({ ...TEXTS.signingOut, actions: [] });
  run(async () => {
    const idToken = signedIn?.idToken;
    signedIn = undefined;
    if ((await signOut(settings, idToken)) === "here") showSignedOut();
  });
}

function showSignedOut(): void {
  isBusy = false;
  const actions = [
    {
      label: TEXTS.actions.signInAgain,
      run: () => {
        enter();
      },
    },
  ];
  show({ title: TEXTS.signedOut.title, text: TEXTS.signedOut.text, actions });
}

function start(): void {
  const parameters = new URLSearchParams(location.search);
  const wantsOut = location.hash === "#sign-out";
  // Neither the code nor anything else of a sign-in stays in the address bar or the history.
  history.replaceState(null, "", location.pathname);
  const enterByHand = (label: string): Action => ({
    label,
    run: () => {
      enter();
    },
  });
  if (isReturn(parameters)) finish(parameters);
  else if (wantsOut) {
    const actions = [{ label: TEXTS.actions.signOut, run: leave }, enterByHand(TEXTS.actions.open)];
    show({ ...TEXTS.signOut, actions });
  } else if (isSignedOut()) showSignedOut();
  else if (settings.signIn === "at_once") enter({ replace: true });
  else {
    const text = TEXTS.welcome.text(settings.company?.name);
    show({ title: TEXTS.welcome.title, text, actions: [enterByHand(TEXTS.actions.signIn)] });
  }
}

addEventListener("hashchange", start);
// The browser may bring a page back as it was left, in the middle of something that will never end.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && isBusy) fail(new Problem("stale"));
});
start();
