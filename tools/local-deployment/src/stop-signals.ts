/** A supervisor signals all processes, and npm passes its signal on: signals within this time count as one request. */
const SAME_WISH_MS = 1_000;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface StopSignalsOptions {
  /** Called once, at the first signal. */
  readonly stop: () => void;
  /** Called at a later signal, when the user does not want to wait any longer. */
  readonly giveUp: () => void;
  readonly from?: Pick<NodeJS.EventEmitter, "on">;
  /** Current time in milliseconds. */
  readonly now?: () => number;
}

/** Handles the signals that end a program. They no longer end it at once, since that would leave its processes behind. */
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
