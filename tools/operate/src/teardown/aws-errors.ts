/** Whether a call failed with one of these error codes of AWS. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** The answer, or undefined when AWS says with one of these codes that what was asked for is not there. */
export async function unlessNamed<T>(
  names: readonly string[],
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, ...names)) return undefined;
    throw error;
  }
}
