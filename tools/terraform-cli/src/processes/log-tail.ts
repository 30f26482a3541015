import { open } from "node:fs/promises";

/** Enough for any error message; logs can be large. */
const TAIL_BYTES = 64 * 1024;

/** The last lines of a log, oldest first; none when there is no such file. */
export async function tail(logFile: string, lines: number): Promise<string[]> {
  if (lines <= 0) return [];
  const handle = await open(logFile).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString("utf8", 0, bytesRead).trimEnd();
    return text === "" ? [] : text.split(/\r?\n/).slice(-lines);
  } finally {
    await handle.close();
  }
}
