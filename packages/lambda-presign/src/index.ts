import { createClients } from "./clients";
import { readConfig } from "./config";
import { createDirectory } from "./directory";
import { createHandler } from "./handler";
import { writeLog } from "./log";
import { createStudio } from "./studio";

const config = readConfig(process.env);
const clients = createClients(config.region);

export const handler = createHandler({
  ...config,
  directory: createDirectory({ ...config, ...clients }),
  studio: createStudio({ ...config, ...clients }),
  now: Date.now,
  log: writeLog,
  deadlineMs: 9000,
});
