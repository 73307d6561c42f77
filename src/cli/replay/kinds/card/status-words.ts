/** `6985`, `6985 or 6A80`, a list of such; an `x` stands for any digit (`63Cx`). */
export const statusWords = (wanted: string | readonly string[] | undefined): string[] =>
  (wanted === undefined ? [] : [wanted].flat())
    .flatMap((text) => text.split(/\s*(?:\bor\b|[,/|])\s*/))
    .map((sw) => sw.trim().toUpperCase());

/** Whether an answer's status word is one of these. */
export const isOneOf = (wanted: readonly string[], sw: string): boolean =>
  wanted.some((one) => new RegExp(`^${one.replaceAll('X', '[0-9A-F]')}$`).test(sw));
