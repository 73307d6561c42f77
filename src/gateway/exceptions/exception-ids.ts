import { createHash } from 'node:crypto';

const DIGITS = 24;

const named = (kind: string, ...parts: readonly (string | number)[]): string =>
  `${kind}_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS)}`;

/** The gateway's name for a terminal: the same in every process. */
export const terminalIdOf = (operator: string, terminal: string): string => named('trm', operator, terminal);

/** The name of the gap that begins with a sequence number. */
export const gapIdOf = (operator: string, terminal: string, from: number): string =>
  named('gap', operator, terminal, from);
