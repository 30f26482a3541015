import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadConfig } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { proofOf } from "./proof-summary";

const LOCAL = join(checkoutRoot(), "config/local.json");
const FIXTURES = join(checkoutRoot(), "tools/verify/fixtures");

describe("the proofs of a deployment", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "proofs-"));
    for (const stack of ["networking", "access", "lob-a", "lob-b", "on-premise"])
      await cp(join(FIXTURES, `${stack}.state.json`), join(root, "state", `${stack}.tfstate`));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function configWith(changes: object): Promise<string> {
    const file = join(root, "config.json");
    await writeFile(file, JSON.stringify({ ...loadConfig(LOCAL), ...changes }));
    return file;
  }

  it("give one line, and a page beside the deployment's other files", async () => {
    const configFile = await configWith({});
    const proof = await proofOf({ root, directory: root, stateDirectory: join(root, "state"), configFile });
    expect(proof).toMatchObject({ ok: true, page: "verify.html" });
    expect(proof.verdict).toMatch(/all \d+ cells are as the config calls for/);
    await expect(readFile(join(root, proof.page), "utf8")).resolves.toContain("<!doctype html>");
  });

  it("fail when the config requires something else", async () => {
    const { linesOfBusiness } = loadConfig(LOCAL);
    const configFile = await configWith({ linesOfBusiness: linesOfBusiness.slice(0, 1), onPremise: null });
    const proof = await proofOf({ root, directory: root, stateDirectory: join(root, "state"), configFile });
    expect(proof.ok).toBe(false);
    expect(proof.verdict).toMatch(/cells are a surprise/);
  });
});
