import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { JournalFile, type DomainRecord } from "./journal";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "teardown-journal-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

function journal(): JournalFile {
  return new JournalFile(join(directory, "operate", "prod"));
}

function record(domainId: string): DomainRecord {
  return { lob: "lob-a", domainId, domainArn: `arn:aws:sagemaker:eu-west-1:222222222222:domain/${domainId}` };
}

describe("the journal", () => {
  it("is empty before the first run", async () => {
    await expect(journal().read()).resolves.toEqual([]);
  });

  it("gives the next run the domains that the last one began to remove", async () => {
    await journal().add([record("d-1")]);
    await journal().add([record("d-1"), record("d-2")]);
    await expect(journal().read()).resolves.toEqual([record("d-1"), record("d-2")]);
  });

  it("deletes its file once all domains are removed", async () => {
    await journal().add([record("d-1"), record("d-2")]);
    await journal().drop(["d-2"]);
    await expect(journal().read()).resolves.toEqual([record("d-1")]);
    await journal().drop(["d-1"]);
    await expect(readdir(join(directory, "operate", "prod"))).resolves.toEqual([]);
  });

  it("is not written by a run that adds nothing", async () => {
    await journal().add([]);
    await journal().drop([]);
    await expect(readdir(directory)).resolves.toEqual([]);
  });

  it.each([
    ["a truncated file", '{ "version": 1, "dom'],
    ["a later version", '{ "version": 2, "domains": [] }'],
  ])("refuses %s instead of losing its content", async (_name, text) => {
    await journal().add([record("d-1")]);
    const file = join(directory, "operate", "prod", "journal.json");
    await writeFile(file, text);
    await expect(journal().add([record("d-2")])).rejects.toThrow(/not a journal that this version wrote/);
    await expect(readFile(file, "utf8")).resolves.toBe(text);
  });
});
