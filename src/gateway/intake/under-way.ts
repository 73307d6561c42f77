/** What is under way, in the order in which it began. */
export interface UnderWay {
  /** Follows it until it ends, whichever way. */
  follow<Result>(work: Promise<Result>): Promise<Result>;
  /** Settles, and never fails, when the last of the first so many that are under way now has ended. */
  first(count: number): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<void>>();
  return {
    follow(work) {
      const ended: Promise<void> = work.then(
        () => void all.delete(ended),
        () => void all.delete(ended),
      );
      all.add(ended);
      return work;
    },
    async first(count) {
      await [...all].slice(0, count).at(-1);
    },
  };
}
