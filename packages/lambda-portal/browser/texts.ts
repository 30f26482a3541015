import type { ProblemKind } from "./problem";

/** Everything that the page says. Another language is another file like this one. */
export const TEXTS = {
  language: "en",
  title: (company: string | undefined) => (company === undefined ? "Studio" : `Studio · ${company}`),
  noScript: "This page needs JavaScript to sign you in. Allow it for this address, and load the page again.",

  welcome: {
    title: "Open Studio",
    text: (company = "company") => `Sign in with your ${company} account. You then land in your own Studio.`,
  },
  opening: {
    title: "Opening Studio",
    text: "This takes a few seconds.",
    steps: ["Sign in", "Find your Studio", "Open it"],
    pending: "Your Studio is being set up. This happens once, and takes about a minute.",
  },
  signOut: {
    title: "Sign out?",
    text: "You will have to sign in again to open Studio.",
  },
  signingOut: {
    title: "Signing out",
    text: "One moment.",
  },
  signedOut: {
    title: "You are signed out",
    text: "A Studio that is still open stays open until its own session ends. Close its tabs when you are done.",
  },
  actions: {
    signIn: "Sign in",
    signInAgain: "Sign in again",
    openAgain: "Open again",
    open: "Open Studio",
    signOut: "Sign out",
    stopWaiting: "Stop waiting",
  },
  signedInAs: (user: string) => `Signed in as ${user}`,
  support: "Get help",
  /** Begins what a person can give to support. */
  reference: "For support",
  request: "request",
  mailSubject: "I cannot open Studio",
} as const;

/** What happened, and what to do. Each has the one button "Open again". */
export const PROBLEMS: Readonly<Record<ProblemKind, { readonly title: string; readonly text: string }>> = {
  unauthorized: {
    title: "Your sign-in was not accepted",
    text: "You signed in, but Studio's door does not accept it. Open it again; if that does not help, contact support.",
  },
  forbidden: {
    title: "You have no Studio yet",
    text: "You signed in, but nobody has given you a Studio. Ask the person who looks after your team's Studio to add you. If you have another account, sign out and use that one.",
  },
  user_blocked: {
    title: "Your access has ended",
    text: "You signed in, but you may not open Studio any more. If that is a mistake, contact support: what you stored can be given back to you.",
  },
  lob_ambiguous: {
    title: "You belong to two teams",
    text: "Your groups would lead you into more than one Studio, and nobody can guess which is meant. Ask support to take you out of one of the groups. Then open it again.",
  },
  too_many_groups: {
    title: "You are in too many groups",
    text: "You are in more groups than can be looked at, so it cannot be told which Studio is yours. You cannot mend this yourself: contact support.",
  },
  studio_not_found: {
    title: "Your Studio is not ready",
    text: "You are known, but your team's Studio has not been set up, or has been removed. Contact support.",
  },
  throttled: {
    title: "Too many people at once",
    text: "Wait a moment, then open it again.",
  },
  profile_failed: {
    title: "Your Studio could not be set up",
    text: "Setting it up has failed, and trying again does not help: somebody has to look. Contact support.",
  },
  profile_limit_reached: {
    title: "There is no place for one more Studio",
    text: "Your team's account holds as many as it may. Contact support: they can ask for more.",
  },
  upstream_error: {
    title: "Something went wrong on our side",
    text: "Try again in a minute. If it happens again, contact support.",
  },
  upstream_unavailable: {
    title: "Studio is not available right now",
    text: "A service that Studio needs does not answer. Try again in a few minutes.",
  },
  upstream_timeout: {
    title: "That took too long",
    text: "A service that Studio needs did not answer in time. Try again.",
  },
  profile_pending: {
    title: "Your Studio is still being set up",
    text: "It goes on without you. Come back in a few minutes, and open it again.",
  },
  api_unreachable: {
    title: "Studio cannot be reached",
    text: "Check that you are on the company network, in the office or by VPN. Then open it again.",
  },
  answer_unknown: {
    title: "Something went wrong on our side",
    text: "The answer was not one that this page knows. Try again; if it happens again, contact support.",
  },
  url_unexpected: {
    title: "This does not lead to Studio",
    text: "The address that came back is not one of Studio, so it was not opened. Contact support.",
  },
  url_expired: {
    title: "The way into Studio has expired",
    text: "Studio did not open in time. For your safety each way in works only for some seconds.",
  },
  stale: {
    title: "This page is from before",
    text: "Nothing is wrong: pages like this one work only once.",
  },
  offline: {
    title: "You are offline",
    text: "Connect this device to the company network, then open it again.",
  },
  provider_unreachable: {
    title: "The sign-in service does not answer",
    text: "This is where you sign in to the company, not Studio itself. Check your connection, and try again in a minute.",
  },
  sign_in_refused: {
    title: "You were not signed in",
    text: "The sign-in was cancelled, or your account may not open Studio. Try again, or contact support.",
  },
  sign_in_misconfigured: {
    title: "Signing in is not set up correctly",
    text: "You cannot mend this yourself: contact support, and give them the line below.",
  },
  sign_in_expired: {
    title: "That sign-in has expired",
    text: "It took too long, or it was used before. Open it again to start afresh.",
  },
  sign_in_unknown: {
    title: "This sign-in was not started here",
    text: "It belongs to another tab, or to a link that somebody sent you. For your safety it was not used.",
  },
  tokens_unexpected: {
    title: "This sign-in does not hold",
    text: "The sign-in service's answer does not belong to your sign-in, so it was not used. Try again; if it happens again, contact support.",
  },
  clock_wrong: {
    title: "Check your device's clock",
    text: "Your sign-in seems to be of another time. Set date and time of this device to automatic, then open it again.",
  },
  user_name_unusable: {
    title: "Your account has no usable name",
    text: "You signed in, but Studio cannot tell who you are from your account. Contact support.",
  },
};
