import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";
import { expectedEndpoints } from "./expect/endpoints";
import { expectedNetworks, expectedTransit } from "./expect/networks";
import { expectedAssume, expectedData, expectedPresign } from "./expect/permissions";
import { expectedReach } from "./expect/reach";
import { expectedSettings } from "./expect/settings";
import { assumeMatrix } from "./matrices/assume-matrix";
import { compare, type Cell, type Comparison, type UnprovenCells } from "./matrices/compare";
import { dataMatrix } from "./matrices/data-matrix";
import { endpointMatrix } from "./matrices/endpoint-matrix";
import type { CellListener } from "./matrices/heard";
import type { Expected, Matrix, MatrixName } from "./matrices/matrix";
import { networksMatrix, transitMatrix } from "./matrices/network-matrices";
import { presignMatrix } from "./matrices/presign-matrix";
import { reachMatrix } from "./matrices/reach-matrix";
import { settingsMatrix } from "./matrices/settings-matrix";
import { buildModel, type Model } from "./model/model";

/** One matrix, compared with what the config calls for. */
interface VerifiedMatrix extends Comparison {
  readonly name: MatrixName;
}

export interface Verification {
  readonly environment: string;
  readonly model: Model;
  readonly matrices: readonly VerifiedMatrix[];
  /** Over all matrices. */
  readonly surprises: readonly Cell[];
  /** Over all matrices: cells whose outcome the state cannot fully prove. */
  readonly unproven: readonly UnprovenCells[];
}

/** Builds a model of the deployed state, and compares every cell of every matrix with what the config calls for. */
export function verify(
  resources: readonly ResourceInstance[],
  config: Config,
  options: { readonly maxCells?: number; readonly listener?: CellListener } = {},
): Verification {
  const model = buildModel(resources, config.region);
  const matrices = PAIRS.map((pairOf) => {
    const [matrix, expected] = pairOf(model, config);
    const maxCells = options.maxCells ?? 20_000;
    return { name: matrix.name, ...compare(matrix, expected, { maxCells, listener: options.listener }) };
  });
  return {
    environment: config.environment,
    model,
    matrices,
    surprises: matrices.flatMap(({ surprises }) => surprises),
    unproven: matrices.flatMap(({ unproven }) => unproven),
  };
}

/** Each matrix, and what must hold. Made one after the other: what one has compiled is not kept for the next. */
const PAIRS: readonly ((model: Model, config: Config) => readonly [Matrix, Expected])[] = [
  (model, config) => [reachMatrix(model, config), expectedReach(config)],
  (model, config) => [networksMatrix(model), expectedNetworks(config)],
  (model, config) => [transitMatrix(model), expectedTransit(config)],
  (model, config) => [presignMatrix(model, config), expectedPresign(config)],
  (model, config) => [assumeMatrix(model, config), expectedAssume(config)],
  (model, config) => [dataMatrix(model, config), expectedData(config)],
  (model, config) => [endpointMatrix(model, config), expectedEndpoints(config)],
  (model, config) => [settingsMatrix(model, config), expectedSettings(config)],
];
