import type { Clock, Waiting } from "../wait";

/** Time that passes only when somebody sleeps; something may happen meanwhile. */
export class FakeClock implements Clock {
  /** What the rest of the world does each time that somebody sleeps. */
  meanwhile: () => void = () => undefined;
  #now = 0;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.#now += ms;
    this.meanwhile();
    return Promise.resolve();
  }

  /** Waits by this clock, and keeps what is reported. */
  waiting(reports: string[] = []): Waiting {
    return { clock: this, report: (text) => reports.push(text) };
  }
}
