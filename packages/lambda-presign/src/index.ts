import { createClients } from "./clients";
import { readConfig } from "./config";
import { DynamoDbDirectory } from "./directory";
import { createHandler } from "./handler";
import { writeLog } from "./log";
import { AssumedRoleStudio } from "./studio";

const config = readConfig(process.env);
const clients = createClients(config.region);

export const handler = createHandler({
  ...config,
  directory: new DynamoDbDirectory({ ...config, ...clients }),
  studio: new AssumedRoleStudio({ ...config, ...clients }),
  now: Date.now,
  log: writeLog,
  deadlineMs: 9000,
});
