import type { TapAnswer } from '../intake/index.js';

const statuses: Readonly<Record<TapAnswer['result'], number>> = {
  created: 201,
  exists: 200,
  conflict: 409,
  refused: 422,
};

/** The status under which a tap is answered, alone or on a line of a batch. */
export const statusOf = ({ result }: Pick<TapAnswer, 'result'>): number => statuses[result];
