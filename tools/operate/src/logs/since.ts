import { InvalidArgumentError, Option } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time span such as `90s`, `10m`, `2h`, `1d`. @returns milliseconds */
function timeSpan(text: string): number {
  const [, count, unit = ""] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (count === undefined || length === undefined)
    throw new InvalidArgumentError("write a number and s, m, h or d, such as 10m");
  return Number(count) * length;
}

/** The option that says how far back to look. */
export function sinceOption(usual: string): Option {
  return new Option("--since <span>", "how far back: 90s, 10m, 2h, 1d")
    .argParser(timeSpan)
    .default(timeSpan(usual), usual);
}
