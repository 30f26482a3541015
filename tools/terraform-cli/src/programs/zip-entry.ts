import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { type Entry, open, type Options, type ZipFile } from "yauzl";

type Done<Value> = (error: Error | null, value: Value) => void;

const openArchive = promisify(open as (path: string, options: Options, done: Done<ZipFile>) => void);

/**
 * Unpacks the one entry of this name to a path that the caller chooses, so that no name in the archive decides where
 * anything is written. yauzl in turn refuses an archive with absolute names or `..` in it, and checks sizes.
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
    // Flushed before it is closed: a power cut must not leave an empty file behind a finished rename.
    await pipeline(await read(), createWriteStream(target, { flags: "wx", flush: true }));
  } finally {
    zip.close();
  }
}

/** Reads the directory of the archive to its end, so that a bad name anywhere in it is noticed. */
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
