import { Listr, PRESET_TIMER } from "listr2";

/** One step, which says in a few words what it is at. */
export interface Step {
  readonly title: string;
  readonly run: (report: (text: string) => void) => Promise<void>;
}

export interface StepOptions {
  /** So many steps run side by side. */
  readonly atOnce: number;
  /** Shows nothing. */
  readonly silent: boolean;
}

/** A log keeps every line that it is told, where a terminal shows only the latest. */
const PAUSE_MS = process.stdout.isTTY ? 200 : 10_000;

/** Runs all steps, also when one of them fails, and shows how far they are. @throws what they threw, once all have ended */
export async function runSteps(steps: readonly Step[], { atOnce, silent }: StepOptions): Promise<void> {
  const failures: unknown[] = [];
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_: unknown, task: { output: string }): Promise<void> => {
      const report = everyFewSeconds((text) => {
        task.output = text;
      });
      try {
        await run(report);
      } catch (error) {
        failures.push(error);
        // The whole of it is thrown at the end; here it would tear the display apart.
        throw new Error(messageOf(error).split("\n")[0], { cause: error });
      }
    },
  }));
  await new Listr(tasks, {
    concurrent: atOnce,
    exitOnError: false,
    registerSignalListeners: false,
    silentRendererCondition: silent,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
    fallbackRendererCondition: () => !process.stdout.isTTY,
  }).run();
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new Error(failures.map(messageOf).join("\n\n"));
}

function everyFewSeconds(show: (text: string) => void): (text: string) => void {
  let last = { text: "", at: 0 };
  return (text) => {
    const now = Date.now();
    if (text === last.text || now - last.at < PAUSE_MS) return;
    last = { text, at: now };
    show(text);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
