import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Options of every search for a program. */
export interface ToolOptions {
  /** Called before anything is fetched or written, with what is installed, from where and to where. */
  readonly announce: (text: string) => void;
  /** Forbids every installation: a missing program is then a `MissingTool` error. Default: false. */
  readonly noInstall?: boolean;
  /** Default: the environment of this process. */
  readonly env?: Environment;
  /** Ends a running installation, which leaves no incomplete files behind. */
  readonly signal?: AbortSignal;
}

export function environmentOf(options: { readonly env?: Environment }): Environment {
  return options.env ?? process.env;
}

/** A variable's value; undefined also when it is empty. */
export function setting(env: Environment, name: string): string | undefined {
  return env[name] === "" ? undefined : env[name];
}

export function homeFolder(env: Environment): string {
  return setting(env, "HOME") ?? homedir();
}

/** Folder of installed programs, shared by all checkouts: `STUDIO_ACCESS_CACHE`, or a folder of the XDG specification. */
export function cacheFolder(env: Environment): string {
  const own = setting(env, "STUDIO_ACCESS_CACHE");
  if (own !== undefined) return own;
  const xdg = setting(env, "XDG_CACHE_HOME");
  // The XDG specification says to ignore relative paths.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homeFolder(env), ".cache");
  return join(base, "studio-access");
}
