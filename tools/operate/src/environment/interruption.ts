/** An AbortSignal that the first SIGINT, SIGTERM or SIGHUP aborts with this message. */
export function interruption(message: string): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stopping.abort(new Error(message));
    });
  }
  return stopping.signal;
}
