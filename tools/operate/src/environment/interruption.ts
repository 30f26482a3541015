/** Aborted, with this message, by the first signal that wants the program to end. */
export function interruption(message: string): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stopping.abort(new Error(message));
    });
  }
  return stopping.signal;
}
