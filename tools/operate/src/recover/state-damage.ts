import { copyFile, constants, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";

import { isRecord, stackFolder } from "@studio-access/terraform";

import { cutState, type CutState } from "../environment/cut-state";
import type { OperatedEnvironment } from "../environment/operated-environment";

/** A state that Terraform could not write, and what recover would do with it. */
export interface Damage {
  readonly said: string;
  /** Undefined where nothing is to be done. */
  readonly mending?: { readonly question: string; readonly mend: () => Promise<void> };
}

type Environment = Pick<OperatedEnvironment, "directory" | "folders" | "config" | "terraform">;

/**
 * What is wrong with a stack's state itself. Each damage is looked for once the one before it is mended. No file is deleted.
 *
 * @param refresh writes into the state what AWS no longer has
 */
export async function* damagesOf(
  stack: string,
  environment: Environment,
  refresh: () => Promise<void>,
): AsyncGenerator<Damage> {
  const cut = await cutState(stack, environment.folders.root, environment.config);
  if (cut !== undefined) yield damageOfCut(stack, cut, refresh);
  for (const file of await unsavedStates(stack, environment)) yield unsaved(stack, file, environment);
}

function damageOfCut(stack: string, { file, bytes, before }: CutState, refresh: () => Promise<void>): Damage {
  const aside = `${file}.cut-off-${new Date().toISOString().replaceAll(":", "")}`;
  const then =
    before === undefined
      ? "There is no earlier state, so that all of the stack is looked for in AWS."
      : `${before.file} has the state before it, with ${before.state.instances.length} resources; the rest is looked for in AWS.`;
  return {
    said: `${stack}: ${file} ends after ${bytes} bytes, since Terraform was killed while it wrote the state. ${then}`,
    mending: {
      question: `\nMove it to ${aside}${before === undefined ? "" : ", put the state before it in its place, and refresh that"}?`,
      mend: async () => {
        await rename(file, aside);
        if (before === undefined) return;
        await copyFile(before.file, file, constants.COPYFILE_EXCL);
        await refresh();
      },
    },
  };
}

/** Terraform leaves it in the folder in which it runs. What is done with it: https://developer.hashicorp.com/terraform/cli/commands/state/push */
const UNSAVED = "errored.tfstate";

/** Files of the commands that apply, each of which has an output folder of its own. */
async function unsavedStates(stack: string, { directory, folders }: Environment): Promise<readonly string[]> {
  const commands = dirname(directory);
  const outdirs = (await readdir(commands)).map((command) => join(commands, command, "cdktf.out"));
  const found: string[] = [];
  for (const outdir of [...outdirs, join(folders.root, "cdktf.out")]) {
    const folder = stackFolder(outdir, stack);
    const names = await readdir(folder).catch((): string[] => []);
    if (names.includes(UNSAVED)) found.push(join(folder, UNSAVED));
  }
  return found;
}

/** `terraform state push` takes the file if it continues the state: of the same lineage, with a later serial. */
async function unsaved(stack: string, file: string, environment: Environment): Promise<Damage> {
  const is = versionOf(await environment.terraform(stack, ["state", "pull"]));
  const was = versionOf(await readFile(file, "utf8"));
  const said = `${stack}: Terraform could not save the state at the end of a deploy, and left it in ${file}.`;
  if (was === undefined) return { said: `${said} It is not whole, and stays.` };
  if (is !== undefined && (is.lineage !== was.lineage || is.serial >= was.serial)) {
    const why = is.lineage === was.lineage ? "has been written since" : "was begun anew since";
    return { said: `${said} The state ${why}, so it stays; what the state lacks is looked for in AWS.` };
  }
  return {
    said,
    mending: {
      question: `\nPush it, with serial ${was.serial}${is === undefined ? "" : ` after ${is.serial}`}, as \`terraform state push\` does?`,
      mend: async () => {
        await environment.terraform(stack, ["state", "push", file]);
        await rename(file, `${file}.pushed`);
      },
    },
  };
}

/** Undefined where the text holds no state. Warnings may be before it. */
function versionOf(text: string): { readonly lineage: string; readonly serial: number } | undefined {
  try {
    const state: unknown = JSON.parse(text.slice(Math.max(0, text.search(/^\{/m))));
    if (!isRecord(state) || typeof state["lineage"] !== "string") return undefined;
    return { lineage: state["lineage"], serial: Number(state["serial"]) };
  } catch {
    return undefined;
  }
}
