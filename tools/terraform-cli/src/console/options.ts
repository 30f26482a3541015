import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What every search for a program takes. */
export interface ToolOptions {
  /** Told what is about to be installed, from where and to where, before anything is fetched or written. */
  readonly announce: (text: string) => void;
  /** Forbids every installation: what is not there is then a `MissingTool`. Default: false. */
  readonly noInstall?: boolean;
  /** Default: the environment of this process. */
  readonly env?: Environment;
  /** Ends a running installation; nothing half-made is left in its place. */
  readonly signal?: AbortSignal;
}

export function environmentOf(options: { readonly env?: Environment }): Environment {
  return options.env ?? process.env;
}

/** A variable's value; one that is set to nothing counts as not set. */
export function setting(env: Environment, name: string): string | undefined {
  return env[name] === "" ? undefined : env[name];
}

export function homeFolder(env: Environment): string {
  return setting(env, "HOME") ?? homedir();
}

/** Where programs that we install are kept, across checkouts: `STUDIO_ACCESS_CACHE`, or a folder as XDG has it. */
export function cacheFolder(env: Environment): string {
  const own = setting(env, "STUDIO_ACCESS_CACHE");
  if (own !== undefined) return own;
  const xdg = setting(env, "XDG_CACHE_HOME");
  // The XDG specification has relative paths ignored.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homeFolder(env), ".cache");
  return join(base, "studio-access");
}
