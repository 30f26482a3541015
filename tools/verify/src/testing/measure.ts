import { manyLobs } from "./many-lobs";
import { verify } from "../verify";

/** Seconds and memory of a whole verification, by the number of lines of business. Arguments: the numbers. */
const given = process.argv.slice(2).map(Number);
for (const count of given.length > 0 ? given : [10, 100, 500]) {
  const { state, config } = manyLobs(count);
  const began = performance.now();
  const { matrices, surprises } = verify(state, config);
  const seconds = (performance.now() - began) / 1000;
  const cells = matrices.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${count} lines of business: ${state.length} resources, ${cells} cells, ${surprises.length} surprises, ` +
      `${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB at the most\n`,
  );
}
