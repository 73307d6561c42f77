import collectorWords from './collector-words.json';

/** A row of texts, as sheets have it, in the words and numbers that an array of JSON has. */
export function fromCells({
  sequenceNumber,
  collector,
  ...others
}: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | number | undefined>> {
  const words: Readonly<Record<string, string>> = collectorWords;
  return {
    ...others,
    ...(sequenceNumber !== undefined && {
      sequenceNumber: /^\d{1,3}$/.test(sequenceNumber) ? Number(sequenceNumber) : sequenceNumber,
    }),
    ...(collector !== undefined && { collector: words[collector] ?? collector }),
  };
}
