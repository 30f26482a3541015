import type { Clock, Waiting } from "../wait";

/** A clock that advances only when the code sleeps. */
export class FakeClock implements Clock {
  /** Called at each sleep; simulates changes from outside. */
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

  /** Settings for a wait with this clock, which collect the reports. */
  waiting(reports: string[] = []): Waiting {
    return { clock: this, report: (text) => reports.push(text) };
  }
}
