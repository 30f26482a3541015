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
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_: unknown, task: { title: string; output: string }): Promise<void> => {
      const say = (text: string): void => {
        task.output = text;
      };
      const rename = (another: string): void => {
        task.title = another;
      };
      try {
        await run({ say, report: everyFewSeconds(say), rename });
      } catch (error) {
        failures.push(error);
        throw error;
      }
    },
  }));
  const shown = new Listr(tasks, {
    concurrent: atOnce,
    exitOnError: !goOn,
    // The programs end on signals by themselves.
    registerSignalListeners: false,
    silentRendererCondition: silent,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new WithoutReasons() },
    fallbackRendererCondition: () => !process.stdout.isTTY,
  });
  try {
    await shown.run();
  } catch (error) {
    if (failures.length === 0) throw error;
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new Error(failures.map(messageOf).join("\n\n"));
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
