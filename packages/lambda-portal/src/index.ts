import script from "../browser/main.ts?inline";
import style from "../browser/page.css?inline";
import { createHandler } from "./handler";
import { pageOf } from "./page";
import { readSettings } from "./settings";

// Once, during init: every request gets the same page.
export const handler = createHandler(pageOf(readSettings(process.env), { script, style }));
