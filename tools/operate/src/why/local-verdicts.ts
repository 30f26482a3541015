import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folder of a local deployment's logs; its `env.sh` sets it. */
export const LOCAL_LOGS_VARIABLE = "STUDIO_ACCESS_LOGS";

const FILES = ["network.log", "enforcement.log"];

/** The logs round their times. */
const MARGIN_MS = 20;

/**
 * What the local network and the local IAM decided in a span of time. They know no request ids, so these lines may also
 * belong to another request of the same moment.
 *
 * @param from first time of the request's log lines, in milliseconds since the epoch
 */
export async function localVerdicts(folder: string, from: number, to: number): Promise<readonly string[]> {
  const texts = await Promise.all(FILES.map((file) => readFile(join(folder, file), "utf8").catch(() => "")));
  return texts
    .flatMap((text) => text.split("\n"))
    .filter((line) => {
      const time = Date.parse(line.split(" ", 1)[0] ?? "");
      return time >= from - MARGIN_MS && time <= to + MARGIN_MS;
    })
    .sort();
}
