import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { withPlanFolder } from "./plan-folder";

/** Saves a plan, as Terraform does. @returns the folder, and who can read it */
function save(folder: string): { readonly folder: string; readonly mode: number } {
  writeFileSync(join(folder, "lob-a.tfplan"), "secret");
  return { folder, mode: statSync(folder).mode & 0o777 };
}

describe("the folder of the plans", () => {
  it("is private, and gone after the work", async () => {
    const { folder, mode } = await withPlanFolder(undefined, (path) => Promise.resolve(save(path)));
    expect({ mode, left: existsSync(folder) }).toEqual({ mode: 0o700, left: false });
  });

  it("is gone after work that failed", async () => {
    let folder = "";
    const work = withPlanFolder(undefined, (path) => {
      folder = save(path).folder;
      return Promise.reject(new Error("interrupted"));
    });
    await expect(work).rejects.toThrow("interrupted");
    expect(existsSync(folder)).toBe(false);
  });

  it("is kept where it was asked for, and must be new", async () => {
    const parent = mkdtempSync(join(tmpdir(), "plans-"));
    try {
      const asked = join(parent, "kept");
      const { mode } = await withPlanFolder(asked, (path) => Promise.resolve(save(path)));
      expect({ mode, kept: existsSync(join(asked, "lob-a.tfplan")) }).toEqual({ mode: 0o700, kept: true });
      await expect(withPlanFolder(asked, (path) => Promise.resolve(save(path)))).rejects.toThrow(
        "name a folder that is not there yet",
      );
    } finally {
      rmSync(parent, { recursive: true });
    }
  });
});
