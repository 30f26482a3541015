import { Refused } from "./refusal";

/**
 * Answers in time even if the work hangs: at the deadline the caller gets a refusal, and the work is aborted.
 *
 * @param milliseconds from now
 * @throws {Refused} `upstream_timeout` at the deadline, even if the work ignores its signal
 */
export async function withDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      // In this order: the work's own abort error must not win the race.
      reject(new Refused("upstream_timeout", "deadline_passed"));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
