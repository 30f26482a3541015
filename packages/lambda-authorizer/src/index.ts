import { readConfig } from "./config";
import { createHandler } from "./handler";
import { KeyStore } from "./keys";
import { writeLog } from "./log";
import { createTokenVerifier } from "./tokens";

const config = readConfig(process.env);

const keys = new KeyStore({
  jwksUri: config.jwksUri,
  timeoutMs: 2000,
  onFailure: ({ reason }) => {
    writeLog({
      level: "WARN",
      message: "reading the issuer's keys failed",
      code: "jwks_reading_failed",
      reason,
    });
  },
});

// During init, which is not billed to a request's latency; bounded by the timeout, and never an init failure.
await keys.prefetch();

export const handler = createHandler({
  verifyToken: createTokenVerifier(config.rules, (kid) => keys.find(kid)),
  log: writeLog,
});
