import { readFileSync } from 'node:fs';

export interface Regression {
  readonly target: string;
  readonly title: string;
  readonly input: Uint8Array;
}

interface Written {
  readonly target: string;
  readonly title: string;
  /** Hex, or text as it stands. */
  readonly hex?: string;
  readonly text?: string;
}

/** Inputs that a target once failed at. */
export const readRegressions = (): Regression[] =>
  (JSON.parse(readFileSync('test/fuzz/regressions.json', 'utf8')) as Written[]).map(
    ({ target, title, hex = '', text }) => ({
      target,
      title,
      input: Uint8Array.from(text === undefined ? Buffer.from(hex, 'hex') : Buffer.from(text)),
    }),
  );
