/**
 * One Ctrl-C may come twice: from the terminal, which asks its whole foreground group, and from npx or `timeout`, which
 * pass on what they got.
 */
const SAME_PRESS_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl-C and `kill` as a signal that is asked for once and put back afterwards; a second Ctrl-C ends at once. */
export function untilInterrupted(): { interrupted: Promise<undefined>; signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const listen = (change: 'on' | 'off') => {
    for (const name of SIGNALS) process[change](name, interrupt);
  };
  const interrupt = () => {
    if (signal.aborted) return;
    setTimeout(listen, SAME_PRESS_MS, 'off').unref();
    controller.abort();
  };
  listen('on');
  return {
    interrupted: new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    }),
    signal,
    dispose: () => {
      if (!signal.aborted) listen('off');
    },
  };
}
