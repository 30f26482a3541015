import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { localVerdicts } from "./local-verdicts";

describe("the verdicts of the local AWS", () => {
  it("are those of the request's time, of the network and of IAM", async () => {
    const folder = await mkdtemp(join(tmpdir(), "verdicts-"));
    const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    await writeFile(join(folder, "network.log"), `${at(1)} long before\n${at(10)} no private zone\n`);
    await writeFile(join(folder, "enforcement.log"), `${at(9)} allowed sts:AssumeRole\n${at(30)} later\n`);
    const time = Date.parse(at(10));
    await expect(localVerdicts(folder, time - 1_000, time)).resolves.toEqual([
      `${at(9)} allowed sts:AssumeRole`,
      `${at(10)} no private zone`,
    ]);
    await rm(folder, { recursive: true });
    await expect(localVerdicts(folder, time - 1_000, time)).resolves.toEqual([]);
  });
});
