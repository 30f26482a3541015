import { createClients } from "./clients";
import { readConfig } from "./config";
import { DynamoDbDirectory } from "./directory";
import { createHandler } from "./handler";
import { writeLog } from "./log";
import { createOperatorHandler } from "./operator-handler";
import { AssumedRoleProfileMaker } from "./profile-maker";
import { AssumedRoleStudio } from "./studio";

const config = readConfig(process.env);
const clients = createClients(config);

// One function serves one kind of caller, so that no event can choose how its caller is verified.
const create = config.callers === "operator" ? createOperatorHandler : createHandler;

export const handler = create({
  ...config,
  directory: new DynamoDbDirectory({ ...config, ...clients }),
  studio: new AssumedRoleStudio({ ...config, ...clients }),
  profileMaker: new AssumedRoleProfileMaker({ ...config, ...clients }),
  now: Date.now,
  log: writeLog,
  deadlineMs: 9000,
});
