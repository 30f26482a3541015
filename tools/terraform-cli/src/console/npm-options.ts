import type { Environment } from "./options";

/**
 * The options that npm kept for itself, because they stood before the `--` of `npm run NAME -- …`. npm passes such options
 * on as environment variables alone, so that `npm run teardown --dry-run` would delete.
 *
 * Source: https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables
 *
 * @param command name of the npm script, which is that of the command
 * @param flags the command's options: `--dry-run`, `--no-install`
 */
export function keptByNpm(command: string, flags: readonly string[], env: Environment): readonly string[] {
  // Otherwise another script started the command, and the variables say nothing of what was typed for it.
  if (env["npm_lifecycle_event"] !== command) return [];
  return flags.filter((flag) => env[variableOf(flag)] !== undefined);
}

function variableOf(flag: string): string {
  const name = flag.replace(/^--(no-)?/, "");
  return `npm_config_${name.replaceAll("-", "_")}`;
}
