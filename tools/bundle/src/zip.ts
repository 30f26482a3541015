import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A regular file that everybody can read, as Lambda requires. */
const MODE = 0o100644;

/**
 * Zips files so that the same files give the same bytes on every machine.
 *
 * - The names are sorted, and all files have the same mode and time. A zip holds local time, which yazl takes from a Date's
 *   local fields, so the Date is made from local fields; noon exists in every time zone on that day. yazl's additional
 *   field with UTC time is off, since it would differ.
 * - The files are stored, not deflated: zlib's output differs between Node versions and processors, and Terraform would
 *   show a change where there is none. Lambda limits the unzipped size, and 0.3 MB more to upload does not matter.
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
