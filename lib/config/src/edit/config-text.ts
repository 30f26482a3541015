import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";

import { examineText } from "../load";
import { ConfigError } from "../report";
import type { Config } from "../schema";

/** An edit that does not follow from what was asked; the message says what to do instead. */
export class EditRefused extends Error {
  override readonly name = "EditRefused";
}

/** @throws {ConfigError} when the text is no valid config */
export function configIn(text: string): Config {
  const validation = examineText(text);
  if ("problems" in validation) throw new ConfigError("the config before the change", validation.problems);
  return validation.config;
}

/** The place of a list or an object in a config's text. */
export function nodeAt(text: string, path: readonly (string | number)[]): Node {
  // The parser takes no byte order mark; a blank in its place keeps all offsets.
  const tree = parseTree(text.replace(/^\uFEFF/, " "));
  const node = tree && findNodeAtLocation(tree, [...path]);
  if (node?.children === undefined) throw new Error(`the config has nothing at ${path.join(".")}`);
  return node;
}

/** The place of a list in a config's text. */
export function listAt(text: string, path: readonly (string | number)[]): Node {
  const node = nodeAt(text, path);
  if (node.type !== "array") throw new Error(`the config has no list at ${path.join(".")}`);
  return node;
}

/** Place of a line of business in `linesOfBusiness`. @throws {EditRefused} when there is none of this name */
export function lobIndex({ linesOfBusiness }: Config, name: string): number {
  const names = linesOfBusiness.map((lob) => lob.name);
  const index = names.indexOf(name);
  if (index < 0)
    throw new EditRefused(`The config has no line of business ${name}, only ${names.join(", ")}.`);
  return index;
}
