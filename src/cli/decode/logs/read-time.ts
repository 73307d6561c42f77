const TIME = /(?:\d{4}-\d{2}-\d{2}[ T])?\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/;

/** A time of day in the beginning of a line, as it stands there. */
export const readTime = (beginning: string): string | undefined => TIME.exec(beginning.slice(0, 80))?.[0];
