import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { type Entry, open, type Options, type ZipFile } from "yauzl";

type Done<Value> = (error: Error | null, value: Value) => void;

const openArchive = promisify(open as (path: string, options: Options, done: Done<ZipFile>) => void);

/**
 * Unpacks the entry with this name to a path that the caller chooses, so that no name in the archive decides where a file
 * is written. yauzl also refuses an archive with absolute names or `..`, and checks sizes.
 *
 * @throws when the archive is damaged, or has no such entry
 */
export async function unpackEntry(archive: string, name: string, target: string): Promise<void> {
  const zip = await openArchive(archive, { lazyEntries: true, autoClose: false, strictFileNames: true });
  try {
    const entry = await findEntry(zip, name);
    const read = promisify((done: Done<Readable>) => {
      zip.openReadStream(entry, done);
    });
    // Flushed before it is closed, so that a power failure cannot leave an empty file after the rename.
    await pipeline(await read(), createWriteStream(target, { flags: "wx", flush: true }));
  } finally {
    zip.close();
  }
}

/** Reads the archive's central directory to its end, so that an unsafe name anywhere in it is found. */
function findEntry(zip: ZipFile, name: string): Promise<Entry> {
  return new Promise((resolve, reject) => {
    let found: Entry | undefined;
    zip.on("error", reject);
    zip.on("entry", (entry: Entry) => {
      if (entry.fileName === name) found = entry;
      zip.readEntry();
    });
    zip.on("end", () => {
      if (found === undefined) reject(new Error(`the archive has no ${name} in it`));
      else resolve(found);
    });
    zip.readEntry();
  });
}
