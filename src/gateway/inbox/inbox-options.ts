import type { Logger } from 'pino';
import type { LineServices } from '../http/answer-lines.js';

/** The steps that last: a name that changes, in one go, and stays. */
export interface FileMoves {
  rename(from: string, to: string): Promise<void>;
}

export interface InboxOptions extends LineServices {
  /** Holds a folder for each operator: `FOLDER/ningbo-metro/*.ndjson`. */
  readonly folder: string;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  fileDone(outcome: 'done' | 'failed' | 'postponed'): void;
  readonly moves?: FileMoves;
}
