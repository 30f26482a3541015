import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

import { fromBuffer, type Entry, type Options, type ZipFile } from "yauzl";

/** An archive that would write outside its folder, or that is larger than Lambda allows. */
export class UnsafeArchive extends Error {
  override readonly name = "UnsafeArchive";
}

/** Lambda's limit of unzipped code. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_UNZIPPED_BYTES = 250 * 1024 * 1024;

type Opened<Value> = (error: Error | null, value: Value) => void;

const open = promisify(fromBuffer as (buffer: Buffer, options: Options, done: Opened<ZipFile>) => void);

/**
 * Unzips into a folder. Symbolic links in the archive become plain files, so that none can point outside the folder.
 *
 * @throws {UnsafeArchive}
 */
export async function unzip(archive: Buffer, folder: string): Promise<void> {
  // yauzl rejects absolute names and names with `..`; `pathWithin` checks each name again all the same.
  const zip = await open(archive, { lazyEntries: true, strictFileNames: true }).catch(unsafe);
  let bytes = 0;
  await new Promise<void>((done, fail) => {
    zip.on("error", (error) => {
      fail(new UnsafeArchive(messageOf(error)));
    });
    zip.on("end", done);
    zip.on("entry", (entry: Entry) => {
      bytes += entry.uncompressedSize;
      if (bytes > MAX_UNZIPPED_BYTES) {
        fail(new UnsafeArchive("the unzipped code is larger than 250 MB"));
        return;
      }
      extract(zip, entry, folder).then(() => {
        zip.readEntry();
      }, fail);
    });
    zip.readEntry();
  }).finally(() => {
    zip.close();
  });
}

async function extract(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = pathWithin(folder, entry.fileName);
  if (entry.fileName.endsWith("/")) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const read = promisify((done: Opened<Readable>) => {
    zip.openReadStream(entry, done);
  });
  await pipeline(await read(), createWriteStream(path, { mode: 0o600 }));
}

/** @throws {UnsafeArchive} when the name leads out of the folder */
export function pathWithin(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(resolve(folder) + sep))
    throw new UnsafeArchive("a name in the archive leads out of its folder");
  return path;
}

function unsafe(error: unknown): never {
  throw new UnsafeArchive(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "the archive cannot be read";
}
