const OFFSET_MS = 8 * 3_600_000;

/** An instant as Shanghai's clocks tell it, with its offset. */
export const toShanghai = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().replace('Z', '+08:00');
