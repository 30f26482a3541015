import type { Config } from "@studio-access/config";
import type { Cell } from "../../matrices/compare";
import { verify } from "../../verify";
import type { Mutation, State } from "./mutation";

/** The result of a mutation: it is killed when its own cell turns red. */
export interface Kill {
  readonly mutation: Mutation;
  /** The red cell; undefined when the mutation survived. */
  readonly cell: Cell | undefined;
  /** Number of red cells in all matrices. */
  readonly surprises: number;
}

export function tryMutation(mutation: Mutation, state: State, config: Config): Kill {
  const { surprises } = verify(mutation.change(state), { ...config, ...mutation.config }, { maxCells: 0 });
  const [matrix, row, column] = mutation.cell;
  const cell = surprises.find((each) => each.matrix === matrix && each.row === row && each.column === column);
  return { mutation, cell, surprises: surprises.length };
}
