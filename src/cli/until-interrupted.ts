/**
 * One Ctrl-C may come twice: from the terminal, which asks its whole foreground group, and from npx or `timeout`, which
 * pass on what they got.
 */
const SAME_PRESS_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl-C and `kill` as one signal. */
export interface Interruption {
  readonly interrupted: Promise<undefined>;
  readonly signal: AbortSignal;
  /** Which of them it was, for a program that is to hear of it too. */
  readonly by: NodeJS.Signals | undefined;
  dispose(): void;
}

/** Ctrl-C and `kill` as a signal that is asked for once and put back afterwards; a second Ctrl-C ends at once. */
export function untilInterrupted(): Interruption {
  let by: NodeJS.Signals | undefined;
  const controller = new AbortController();
  const { signal } = controller;
  const listen = (change: 'on' | 'off') => {
    for (const name of SIGNALS) process[change](name, interrupt);
  };
  const interrupt = (name: NodeJS.Signals) => {
    if (signal.aborted) return;
    by = name;
    setTimeout(listen, SAME_PRESS_MS, 'off').unref();
    controller.abort();
  };
  listen('on');
  return {
    interrupted: new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    }),
    signal,
    get by() {
      return by;
    },
    dispose: () => {
      if (!signal.aborted) listen('off');
    },
  };
}
