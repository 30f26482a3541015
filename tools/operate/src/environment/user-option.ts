import { profileNameOf, providerNameOf } from "@studio-access/shared-types";
import { InvalidArgumentError } from "commander";

/**
 * The value of `--user`: what the identity provider calls a person, as the config has it, or the name of their profile,
 * as AWS shows it.
 *
 * @returns what the identity provider calls them
 */
export function userOption(text: string): string {
  const name = providerNameOf(text);
  if (profileNameOf(name) !== undefined) return name;
  throw new InvalidArgumentError("write a user's name, as the config has it");
}
