import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { accountsOf, dependenciesOf } from "@studio-access/config";
import { readPlanJson, synthesizedStack, type State } from "@studio-access/terraform";
import { TerraformStacks } from "@studio-access/terraform-cli";

import { readDeployed } from "../environment/deployed-state";
import type { OperatedEnvironment } from "../environment/operated-environment";
import { ReadOnlyStacks } from "../environment/read-only-stacks";
import { withPlanFolder } from "../plan/plan-folder";
import { openAccount, type Account } from "./account";
import { adoptionPlan, type AdoptionPlan } from "./adoption-plan";
import { EvaluatedStack } from "./evaluated-stack";
import { IMPORT_FILE, importBlocks, OVERRIDE_FILE, overrides } from "./import-blocks";
import { IMPORT_ROWS } from "./import-rows";
import { text } from "./import-row";
import { findLeftovers, type Found, type Leftover } from "./leftovers";
import { damagesOf, type Damage } from "./state-damage";
import { inState, withAdditions, type StateAdditions } from "./state-entries";
import { stateLock, type StateLock } from "./state-lock";

/** The stacks of an environment, as far as a recovery needs Terraform and AWS. */
export class Recovery {
  readonly #environment: OperatedEnvironment;
  readonly #signal: AbortSignal;
  readonly #accounts = new Map<string, Account>();

  constructor(environment: OperatedEnvironment, signal: AbortSignal) {
    this.#environment = environment;
    this.#signal = signal;
  }

  /** What exists of a stack and is in no state. Reads states and AWS; runs no Terraform. */
  async find(stack: string): Promise<Found> {
    return findLeftovers(await this.#evaluated(stack), IMPORT_ROWS, (id) => this.#account(id));
  }

  /**
   * Plans the import of leftovers and of nothing else.
   *
   * @param isApproved told what the plan would do; true applies it
   * @returns whether it was applied
   */
  async adopt(
    stack: string,
    leftovers: readonly Leftover[],
    isApproved: (plan: AdoptionPlan) => Promise<boolean>,
  ): Promise<boolean> {
    const folder = this.#environment.folderOf(stack);
    const files = [IMPORT_FILE, OVERRIDE_FILE].map((name) => join(folder, name));
    const [imports = "", override = ""] = files;
    await writeFile(imports, importBlocks(leftovers));
    await writeFile(override, overrides(leftovers));
    try {
      const isAdopted = await withPlanFolder(undefined, async (plans) => {
        const planFile = join(plans, "adopt.tfplan");
        const targets = leftovers.map(({ address }) => `-target=${address}`);
        const flags = ["-input=false", "-no-color", `-out=${planFile}`, ...targets];
        await this.#environment.terraform(stack, ["plan", ...flags]);
        const read = await ReadOnlyStacks.of(this.#environment, this.#signal);
        const plan = adoptionPlan(readPlanJson(stack, await read.show(stack, planFile)));
        if (!(await isApproved(plan))) return false;
        await this.#apply(stack, planFile);
        return true;
      });
      if (isAdopted) await this.#writeUnread(stack, leftovers);
      return isAdopted;
    } finally {
      for (const file of files) await rm(file, { force: true });
    }
  }

  /** Writes entries for rows of tables into the stack's state. */
  async adoptRows(stack: string, leftovers: readonly Leftover[]): Promise<void> {
    const evaluated = await this.#evaluated(stack);
    const rows = evaluated.missing
      .filter(({ address }) => leftovers.some((one) => one.address === address))
      .map((resource) => {
        const { table_name, hash_key, item } = evaluated.planned(resource);
        const id = leftovers.find(({ address }) => address === resource.address)?.importId;
        const attributes = { id, table_name, hash_key, range_key: null, item };
        return {
          type: resource.type,
          name: resource.name,
          provider: text(resource.body["provider"]),
          attributes,
        };
      });
    await this.#addToState(stack, { rows });
  }

  /** Attributes and blocks that the provider cannot read, as the config has them. */
  async #writeUnread(stack: string, leftovers: readonly Leftover[]): Promise<void> {
    const { resources } = await synthesizedStack(this.#environment.folders.outdir, stack);
    const blocks = leftovers
      .filter(({ unread }) => unread.length > 0)
      .map(({ address, unread }): [string, Readonly<Record<string, unknown>>] => {
        const body = resources.find((resource) => resource.address === address)?.body ?? {};
        return [address, Object.fromEntries(unread.map((name) => [name, inState(body[name])]))];
      });
    if (blocks.length > 0) await this.#addToState(stack, { blocks: new Map(blocks) });
  }

  async #addToState(stack: string, additions: StateAdditions): Promise<void> {
    const pulled = await this.#environment.terraform(stack, ["state", "pull"]);
    await withPlanFolder(undefined, async (folder) => {
      const file = join(folder, "state.json");
      await writeFile(file, withAdditions(pulled, additions), { mode: 0o600 });
      await this.#environment.terraform(stack, ["state", "push", file]);
    });
  }

  /** The lock of a stack's state, whoever holds it. */
  async lock(stack: string): Promise<StateLock | undefined> {
    return stateLock(stack, this.#environment.config);
  }

  async releaseLock(stack: string, id: string): Promise<void> {
    await this.#environment.terraform(stack, ["force-unlock", "-force", id]);
  }

  /** What is wrong with a stack's state itself. */
  damages(stack: string): AsyncIterable<Damage> {
    return damagesOf(stack, this.#environment, async () => this.#refresh(stack));
  }

  /** An earlier state may have what the deploy that was cut off has replaced. */
  async #refresh(stack: string): Promise<void> {
    await withPlanFolder(undefined, async (plans) => {
      const planFile = join(plans, "refresh.tfplan");
      const flags = ["-refresh-only", "-input=false", "-no-color", `-out=${planFile}`];
      await this.#environment.terraform(stack, ["plan", ...flags]);
      await this.#apply(stack, planFile);
    });
  }

  async #apply(stack: string, planFile: string): Promise<void> {
    const { program, variables, folders } = this.#environment;
    const terraform = new TerraformStacks({
      terraform: program,
      outdir: folders.outdir,
      environment: variables,
      scratch: dirname(planFile),
      signal: this.#signal,
    });
    await terraform.apply(stack, planFile);
  }

  async #evaluated(name: string): Promise<EvaluatedStack> {
    const { config, folders } = this.#environment;
    const states = new Map<string, State | undefined>();
    for (const each of [...dependenciesOf(config, name), name])
      states.set(each, await readDeployed(each, folders.root, config));
    return new EvaluatedStack({
      stack: await synthesizedStack(folders.outdir, name),
      state: states.get(name),
      stateOf: (other) => states.get(other),
      region: config.region,
    });
  }

  #account(id: string): Account {
    const { config } = this.#environment;
    const entry = accountsOf(config).find((account) => account.id === id);
    if (entry === undefined) throw new Error(`The config has no account ${id}.`);
    const account = this.#accounts.get(id) ?? openAccount(entry, config.region);
    this.#accounts.set(id, account);
    return account;
  }
}
