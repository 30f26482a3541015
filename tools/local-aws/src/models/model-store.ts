import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { ServiceModel } from "./service-model";

const unzip = promisify(gunzip);

/** botocore's folder of the services whose signing name differs from it. */
const FOLDERS: Readonly<Record<string, string>> = {
  elasticfilesystem: "efs",
  monitoring: "cloudwatch",
  servicequotas: "service-quotas",
  tagging: "resourcegroupstaggingapi",
};

/** AWS's models of its services, by signing name. */
export interface ModelStore {
  /** Undefined when there is no model of that name. */
  model(service: string): Promise<ServiceModel | undefined>;
}

/** The models in botocore's data folder. Each is read when its service is first asked for, and then kept. */
export function modelStore(folder: string): ModelStore {
  const read = new Map<string, Promise<ServiceModel | undefined>>();
  return {
    model(service) {
      const model = read.get(service) ?? readModel(folder, service);
      read.set(service, model);
      return model;
    },
  };
}

async function readModel(folder: string, service: string): Promise<ServiceModel | undefined> {
  // The name comes from a request.
  if (!/^[a-z0-9-]+$/.test(service)) return undefined;
  const versions = join(folder, FOLDERS[service] ?? service);
  const latest = (await foldersIn(versions)).sort().at(-1);
  if (latest === undefined) return undefined;
  return JSON.parse(await textOf(join(versions, latest, "service-2.json"))) as ServiceModel;
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** botocore is installed with compressed models, and has plain ones in its source. */
async function textOf(path: string): Promise<string> {
  try {
    return (await unzip(await readFile(`${path}.gz`))).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return await readFile(path, "utf8");
  }
}
