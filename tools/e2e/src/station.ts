/** Defines one test of a deployment. */
type Station = (name: string, run: () => Promise<void>) => void;

export interface Stations {
  /** A test on which all later tests depend: when it fails, they fail with "not run". */
  readonly milestone: Station;
  /** A test on which no later test depends: when it fails, the later ones still run. */
  readonly station: Station;
}

/** Defines the tests of one deployment, which run in the order of their definition. */
export function stations(): Stations {
  let failed: string | undefined;
  const requireMilestones = (): void => {
    if (failed !== undefined) throw new Error(`not run: "${failed}" failed before it`);
  };
  return {
    milestone: (name, run) => {
      it(name, async () => {
        requireMilestones();
        try {
          await run();
        } catch (error) {
          failed = name;
          throw error;
        }
      });
    },
    station: (name, run) => {
      it(name, async () => {
        requireMilestones();
        await run();
      });
    },
  };
}
