import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sampleConfig } from "../testing/sample";
import { readVerifiedConfig } from "./config";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "verify-config-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("the config of a verification", () => {
  it("is read from a file", async () => {
    const file = join(folder, "good.json");
    await writeFile(file, JSON.stringify(sampleConfig));
    await expect(readVerifiedConfig(file)).resolves.toEqual(sampleConfig);
  });

  it.each([
    ["not JSON", "it holds no JSON object; name the config"],
    ["null", "it holds no JSON object; name the config"],
    ['{"environment":"local"}', "it has no region, organizationId, sharedServices, network, linesOfBusiness"],
  ])("is refused where the file holds %s", async (text, problem) => {
    const file = join(folder, "bad.json");
    await writeFile(file, text);
    await expect(readVerifiedConfig(file)).rejects.toThrow(`${file}: ${problem}`);
  });

  it("is refused where there is no file", async () => {
    await expect(readVerifiedConfig(join(folder, "none.json"))).rejects.toThrow("none.json: no such file");
  });
});
