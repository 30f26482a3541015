/** Records the provider's schema of the table's types: `npm run -w tools/verify schema`. */
import { writeFileSync } from "node:fs";

import { askProvider, SCHEMA_FILE } from "./provider-schema";

void askProvider().then((schema) => {
  writeFileSync(SCHEMA_FILE, `${JSON.stringify(schema, undefined, 1)}\n`);
});
