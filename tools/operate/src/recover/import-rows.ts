import { API_ROWS } from "./api-rows";
import { EC2_ROWS } from "./ec2-rows";
import type { ImportRow } from "./import-row";
import { RESOLVER_ROWS } from "./resolver-rows";
import { SERVICE_ROWS } from "./service-rows";

/** How each resource type of the stacks is found and imported. A test holds that none is missing. */
export const IMPORT_ROWS: Readonly<Record<string, ImportRow>> = {
  ...API_ROWS,
  ...EC2_ROWS,
  ...RESOLVER_ROWS,
  ...SERVICE_ROWS,
};
