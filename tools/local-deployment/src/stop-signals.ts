/** Whoever runs us passes signals on, and a supervisor sends them to everybody as well: two signals, but one wish. */
const SAME_WISH_MS = 1_000;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface StopSignalsOptions {
  /** Told once, of the first signal. */
  readonly stop: () => void;
  /** Told when somebody asks again, later: they do not want to wait. */
  readonly giveUp: () => void;
  readonly from?: Pick<NodeJS.EventEmitter, "on">;
  /** Milliseconds, of any beginning. */
  readonly now?: () => number;
}

/** Listens to what ends a program. No signal ends it by itself any more: what it started would be left behind. */
export function onStopSignals({ stop, giveUp, from = process, now = Date.now }: StopSignalsOptions): void {
  let since: number | undefined;
  const onSignal = (): void => {
    if (since === undefined) {
      since = now();
      stop();
    } else if (now() - since > SAME_WISH_MS) {
      giveUp();
    }
  };
  for (const signal of SIGNALS) from.on(signal, onSignal);
}
