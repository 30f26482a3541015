import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { jsonSchemaText } from "@studio-access/config";

// `npm run schema`: writes the JSON Schema that config files name as their $schema.
writeFileSync(resolve(__dirname, "../config/schema.json"), jsonSchemaText());
