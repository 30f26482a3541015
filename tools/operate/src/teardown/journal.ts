import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A Studio domain that a teardown has begun to remove. */
export interface DomainRecord {
  /** Name of the line of business and of its stack. */
  readonly lob: string;
  readonly domainId: string;
  readonly domainArn: string;
}

/** The record of an interrupted run for the next one, which can no longer read these domains from Terraform's state. */
export interface Journal {
  read(): Promise<readonly DomainRecord[]>;
  add(records: readonly DomainRecord[]): Promise<void>;
  /** Removes the records of domains of which nothing is left. */
  drop(domainIds: readonly string[]): Promise<void>;
}

interface Content {
  readonly version: 1;
  readonly domains: readonly DomainRecord[];
}

/** A journal in a small JSON file. It holds ids only, and is deleted once it has no records. */
export class JournalFile implements Journal {
  readonly #file: string;

  /** @param directory the working folder of teardown for an environment */
  constructor(directory: string) {
    this.#file = join(directory, "journal.json");
  }

  async read(): Promise<readonly DomainRecord[]> {
    const text = await readFile(this.#file, "utf8").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    });
    return text === undefined ? [] : contentOf(text, this.#file).domains;
  }

  async add(records: readonly DomainRecord[]): Promise<void> {
    const byId = new Map([...(await this.read()), ...records].map((record) => [record.domainId, record]));
    await this.#write([...byId.values()]);
  }

  async drop(domainIds: readonly string[]): Promise<void> {
    const gone = new Set(domainIds);
    await this.#write((await this.read()).filter(({ domainId }) => !gone.has(domainId)));
  }

  async #write(domains: readonly DomainRecord[]): Promise<void> {
    if (domains.length === 0) {
      await rm(this.#file, { force: true });
      return;
    }
    const content: Content = { version: 1, domains };
    await mkdir(dirname(this.#file), { recursive: true });
    // A rename is atomic: an interrupted run leaves either the old journal or the new one.
    const next = `${this.#file}.next`;
    await writeFile(next, `${JSON.stringify(content, null, 2)}\n`);
    await rename(next, this.#file);
  }
}

function contentOf(text: string, file: string): Content {
  try {
    const content = JSON.parse(text) as Partial<Content>;
    if (content.version === 1 && Array.isArray(content.domains)) return content as Content;
  } catch {
    // The error below says what to do.
  }
  throw new Error(
    `${file} is not a journal that this version wrote. It names the domains of an interrupted teardown: keep a copy, ` +
      "and remove it only when nothing of those is left.",
  );
}
