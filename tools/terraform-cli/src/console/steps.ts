import { color, Listr, LISTR_LOGGER_STDERR_LEVELS, ListrLogger, ListrLogLevels, PRESET_TIMER } from "listr2";

/** A part of a program's work, with its own line in the output. */
export interface Step {
  readonly title: string;
  readonly run: (line: StepLine) => Promise<void>;
}

/** Shows the progress of a step. */
export interface StepLine {
  /** Shows a text. A terminal replaces it with the next one; a log keeps all of them. */
  readonly say: (text: string) => void;
  /** Shows a text that changes often; some texts are left out, in a log most of them. */
  readonly report: (text: string) => void;
  /** Changes the title, for example to the step's result. */
  readonly rename: (title: string) => void;
  /** Shows the step as failed when it ends, without stopping other steps or throwing: the program reports the failure itself. */
  readonly fail: () => void;
}

export interface StepOptions {
  /** Number of steps that run at the same time. Default: 1. */
  readonly atOnce?: number;
  /** Whether the other steps still run after one has failed. Default: false. */
  readonly goOn?: boolean;
  /** Shows nothing. */
  readonly silent?: boolean;
}

/**
 * Runs steps and shows their progress: a terminal updates the lines in place, a log gets a line for each event.
 *
 * @throws the error of the failed step; when several failed, an error with all their messages. The output shows which
 *   steps failed, and not why: the caller has to report the error
 */
export async function runSteps(steps: readonly Step[], options: StepOptions = {}): Promise<void> {
  const { atOnce = 1, goOn = false, silent = false } = options;
  const failures: unknown[] = [];
  const tasks = steps.map((step) => ({
    title: step.title,
    enabled: () => goOn || failures.length === 0,
    task: async (_: unknown, line: ShownLine): Promise<void> => runOn(line, step, failures),
  }));
  const shown = new Listr(tasks, {
    concurrent: atOnce,
    // With true, a step that is only shown as failed would end the run, and a throwing one would not wait for parallel ones.
    exitOnError: false,
    // The programs handle signals themselves.
    registerSignalListeners: false,
    silentRendererCondition: silent,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new WithoutReasons() },
    fallbackRendererCondition: () => !process.stdout.isTTY,
  });
  await shown.run();
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new Error(failures.map(messageOf).join("\n\n"));
}

/** The part of a listr2 task that a step uses. */
interface ShownLine {
  title: string;
  output: string;
}

/** @throws so that listr2 shows the step as failed; the step's own error is added to `failures` */
async function runOn(line: ShownLine, { title, run }: Step, failures: unknown[]): Promise<void> {
  const shown = { asFailed: false };
  const say = (text: string): void => {
    line.output = text;
  };
  const rename = (another: string): void => {
    line.title = another;
  };
  const fail = (): void => {
    shown.asFailed = true;
  };
  try {
    await run({ say, report: everyFewSeconds(say), rename, fail });
  } catch (error) {
    failures.push(error);
    throw error;
  }
  if (shown.asFailed) throw new Error(`${title}: failed`);
}

/** Passes changed texts on, with pauses that are longer for a log, since a log keeps every text. */
export function everyFewSeconds(
  show: (text: string) => void,
  pauseMs = process.stdout.isTTY ? 200 : 10_000,
): (text: string) => void {
  let last = { text: "", at: 0 };
  return (text) => {
    const now = Date.now();
    if (text === last.text || now - last.at < pauseMs) return;
    last = { text, at: now };
    show(text);
  };
}

/** listr2's own logger would print the whole error, and the program prints it again when it ends. */
class WithoutReasons extends ListrLogger<ListrLogLevels> {
  constructor() {
    super({ useIcons: true, toStderr: LISTR_LOGGER_STDERR_LEVELS });
  }

  override log(...[level, title, fields]: Parameters<ListrLogger<ListrLogLevels>["log"]>): void {
    const red = (text: string | number = ""): string => color.red(String(text));
    const failed = { suffix: { field: level, format: () => red } };
    super.log(level, title, level === ListrLogLevels.FAILED ? failed : fields);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
