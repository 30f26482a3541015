import { MUTATIONS, WORKFLOW_MUTATIONS } from ".";
import { tryMutation } from "./kill";
import { sampleConfig, sampleState } from "../sample";
import { workflowsConfig, workflowsState } from "../workflows";

/** Tries every mutation on the sample: `killed` when its own cell turns red. */
const state = sampleState();
const kills = [
  ...MUTATIONS.map((mutation) => tryMutation(mutation, state, sampleConfig)),
  ...WORKFLOW_MUTATIONS.map((mutation) => tryMutation(mutation, workflowsState(), workflowsConfig)),
];
for (const { mutation, cell, surprises } of kills) {
  const verdict = cell === undefined ? "SURVIVED" : "killed  ";
  const found =
    cell === undefined ? `${surprises} other cells are red` : `${cell.outcome}, not ${cell.expected}`;
  process.stdout.write(`${verdict}  ${mutation.name}: ${mutation.cell.join(" | ")}: ${found}\n`);
}
const killed = kills.filter(({ cell }) => cell !== undefined).length;
process.stdout.write(
  `${killed} of ${kills.length} mutations killed: ${((100 * killed) / kills.length).toFixed(1)} %\n`,
);
process.exitCode = killed === kills.length ? 0 : 1;
