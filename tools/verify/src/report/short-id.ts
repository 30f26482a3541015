/** A role by its account and name instead of its ARN; anything else as it is. */
export function shortId(id: string): string {
  return id.replace(/^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/ ]+)/, "$2 ($1)");
}
