/** Paths of the page and of what it links to. No AWS service has such paths. */
export const PATHS = {
  page: "/",
  health: "/_studio/health",
  proofs: "/_studio/proofs",
  /** Followed by a file's name. */
  logs: "/_studio/logs/",
  ask: "/_studio/ask",
  open: "/_studio/open",
} as const;
