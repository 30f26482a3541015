import type { Config } from "../schema";
import { namesFor } from "./names";

type Environment = Pick<Config, "environment">;

/** Name of a function's log group. @param name last part of the function's name, such as `presign` */
export function functionLogGroup({ environment }: Environment, name: string): string {
  return `/${namesFor(environment).prefix}/lambda/${name}`;
}

/** Name of the log group of the API's access log. */
export function accessLogGroup({ environment }: Environment): string {
  return `/${namesFor(environment).prefix}/api/access`;
}
