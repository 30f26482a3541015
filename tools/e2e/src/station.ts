/** A test that the later ones of its file build on. */
type Station = (name: string, run: () => Promise<void>) => void;

export interface Stations {
  /** A test on whose outcome every later test depends: when it fails, they are not run, and say so. */
  readonly milestone: Station;
  /** A test that leaves the deployment as it found it: when it fails, the later ones run all the same. */
  readonly station: Station;
}

/** The tests of one deployment, in the order in which they are named. */
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
