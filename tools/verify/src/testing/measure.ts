import { manyLobs } from "./many-lobs";
import { collectEarly } from "../heap";
import { verify } from "../verify";

// As the command does.
collectEarly();

/** CPU seconds and memory of a whole verification, by the number of lines of business. Arguments: the numbers. */
const given = process.argv.slice(2).map(Number);
for (const count of given.length > 0 ? given : [10, 100, 200, 500, 1000]) {
  const { state, config } = manyLobs(count);
  const began = process.cpuUsage();
  const { matrices, surprises } = verify(state, config);
  const { user, system } = process.cpuUsage(began);
  const sum = (of: (matrix: (typeof matrices)[number]) => number): number =>
    matrices.reduce((total, matrix) => total + of(matrix), 0);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${count} lines of business: ${state.length} resources, ${sum(({ cellCount }) => cellCount)} cells, of which ` +
      `${sum(({ workedOut }) => workedOut)} were worked out, ${surprises.length} surprises, ` +
      `${((user + system) / 1e6).toFixed(2)} s of CPU, ${megabytes.toFixed(0)} MB at the most\n`,
  );
}
