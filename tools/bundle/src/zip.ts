import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** Readable by all, as Lambda asks; a regular file. */
const MODE = 0o100644;

/**
 * Zips files so that the same files make the same bytes, on every machine.
 *
 * - Sorted names, one mode, one time. A zip's time is local time by definition and yazl takes it from a Date's local
 *   fields, so it is given as local fields; noon, since every zone has a noon on that day. yazl would add a second
 *   field with UTC time, which would differ.
 * - Stored, not deflated: what zlib makes differs between Node versions and processors, and Terraform would see a change
 *   where there is none. Lambda limits the unzipped size, and 0.3 MB more to upload is nothing.
 *
 * @param files contents by name
 */
export async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of Object.keys(files).sort()) {
    const mtime = new Date(2000, 0, 1, 12);
    zip.addBuffer(files[name] ?? Buffer.alloc(0), name, {
      mtime,
      mode: MODE,
      compress: false,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}
