/** Does so many pieces of work at once, lets so many wait, and sends the rest away. */
export interface BoundedWork {
  /** `busy`: too many wait already, or too many of this name. */
  run<Result>(name: string, work: () => Promise<Result>): Promise<Result | 'busy'>;
}

export interface WorkBounds {
  readonly atOnce: number;
  readonly waitingMax: number;
  /** Under way and waiting of one name, so that none takes every place. */
  readonly ofOneNameMax: number;
}

export function createBoundedWork({ atOnce, waitingMax, ofOneNameMax }: WorkBounds): BoundedWork {
  const waiting: (() => void)[] = [];
  const byName = new Map<string, number>();
  let running = 0;

  const count = (name: string, change: 1 | -1): void => {
    const left = (byName.get(name) ?? 0) + change;
    if (left === 0) byName.delete(name);
    else byName.set(name, left);
  };

  async function place(): Promise<void> {
    if (running < atOnce) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The place goes to whoever waits longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  return {
    async run(name, work) {
      const isFull = running >= atOnce && waiting.length >= waitingMax;
      if (isFull || (byName.get(name) ?? 0) >= ofOneNameMax) return 'busy';
      count(name, 1);
      await place();
      try {
        return await work();
      } finally {
        leave();
        count(name, -1);
      }
    },
  };
}
