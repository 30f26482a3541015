import type { PresignedStudioUrl } from "@studio-access/shared-types";

import type { Addresses } from "./addresses";
import { OpenFailed } from "./failure";

export interface OpenRequest {
  readonly user: string;
  /** Prints the URL instead of opening it. */
  readonly print: boolean;
}

export interface OpenDeps {
  readonly addresses: Pick<Addresses, "studio">;
  /** @returns the user's access token */
  readonly accessToken: () => Promise<string>;
  readonly ask: (token: string) => Promise<PresignedStudioUrl>;
  readonly openBrowser: (url: string, timeoutMs: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Writes to standard output: only the URL, and only with --print. */
  readonly print: (text: string) => void;
  /** Writes everything else to standard error. */
  readonly note: (text: string) => void;
}

/** Signs in, requests the Studio URL from the API, and opens it. @throws {OpenFailed} */
export async function openStudio({ user, print }: OpenRequest, deps: OpenDeps): Promise<void> {
  const { url, expiresAt } = await deps.ask(await deps.accessToken());
  const place = deps.addresses.studio(url);
  if (print) {
    deps.note(`This URL works until ${expiresAt}. Whoever opens it is ${user} in Studio.`);
    deps.print(place);
    return;
  }
  const timeoutMs = Date.parse(expiresAt) - deps.now();
  if (!(timeoutMs > 0)) {
    throw new OpenFailed("The URL has expired by this machine's clock. Set the clock, or use --print.");
  }
  deps.note(`Opening the Studio of ${user} in the browser …`);
  await deps.openBrowser(place, timeoutMs);
  deps.note("The browser has opened the page.");
}
