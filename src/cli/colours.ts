import pc from 'picocolors';

/** Colours on a terminal and none in a pipe; NO_COLOR and FORCE_COLOR as everywhere. */
export function coloursFor(stream: { isTTY?: boolean }): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return pc.createColors(false);
  if (FORCE_COLOR) return pc.createColors(FORCE_COLOR !== '0');
  return pc.createColors(stream.isTTY === true);
}

export type Colours = ReturnType<typeof coloursFor>;
