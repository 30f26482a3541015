import { modelFolder } from "../model-folder";
import { modelStore, type ModelStore } from "../model-store";
import { findMotoServer } from "../../moto/moto-server";

/** For integration tests: the models that came with this machine's moto. */
export async function motoModels(): Promise<ModelStore> {
  return modelStore(await modelFolder(await findMotoServer()));
}
