import { color, Listr, LISTR_LOGGER_STDERR_LEVELS, ListrLogger, ListrLogLevels, PRESET_TIMER } from "listr2";

/** A part of what a program does, with a line of its own in what it shows. */
export interface Step {
  readonly title: string;
  readonly run: (line: StepLine) => Promise<void>;
}

/** How a step says what it is at. */
export interface StepLine {
  /** Shows a text: a terminal until the next one, a log for ever. */
  readonly say: (text: string) => void;
  /** The same for what changes all the time: some of it is left out, most of it in a log. */
  readonly report: (text: string) => void;
  /** Changes the title, for instance to what came of the step. */
  readonly rename: (title: string) => void;
  /** Shows the step as failed once it is done, which others and the outcome do not feel: for what is told elsewhere. */
  readonly fail: () => void;
}

export interface StepOptions {
  /** So many steps run side by side. Default: 1. */
  readonly atOnce?: number;
  /** Whether the others run when one has failed. Default: no more are begun. */
  readonly goOn?: boolean;
  /** Shows nothing. */
  readonly silent?: boolean;
}

/**
 * Runs steps and shows how far they are: in place on a terminal, elsewhere a line for each thing that happens.
 *
 * @throws what the step threw that failed; of several that failed, an error with all their messages. What is shown tells
 *   which failed, not why: whoever catches this says it
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
    // Else a step that only shows as failed would end all, and one that throws would not wait for those beside it.
    exitOnError: false,
    // The programs end on signals by themselves.
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

/** What listr2 shows of a step. */
interface ShownLine {
  title: string;
  output: string;
}

/** @throws to show the step as failed; what the step itself threw is among the failures then */
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

/** Passes on what changed, with pauses: a terminal shows each text in place, a log keeps every one. */
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

/** Listr's own would print the whole error, which is then printed again when the program ends with it. */
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
