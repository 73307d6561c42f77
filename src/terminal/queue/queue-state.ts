import type { Segment } from './segment.js';

/** What the gateway said of one tap, in its own words. */
export type AnswerResult =
  /** Taken. */
  | 'created'
  /** Known already with the same content: an earlier answer was lost on the way. */
  | 'exists'
  /** Known already with other content. Both are kept. */
  | 'conflict'
  /** Not taken, with a reason in `code`. */
  | 'refused';

/** The gateway's final answer to one tap: it is not sent again. */
export interface QueueAnswer {
  readonly sequence: number;
  readonly result: AnswerResult;
  /** The gateway's name for the tap. */
  readonly id?: string | undefined;
  /** The gateway's stable code where it did not take the tap. */
  readonly code?: string | undefined;
}

/** Bytes of the queue that are not what was written. They are copied aside before their segment is removed. */
export interface SetAside {
  /** The file's name. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  readonly reason: /** A checksum does not match. */
    | 'damaged'
    /** The checksums match, the cipher's tag does not: written by somebody without the key. */
    | 'not-authentic'
    /** A whole frame whose number was already given. */
    | 'unexpected-sequence';
  /** The tap's sequence number, where the frame still tells it. */
  readonly sequence?: number | undefined;
}

export interface TapLocation {
  readonly segment: Segment;
  readonly offset: number;
  readonly length: number;
}

/** What the files say, read once when the queue is opened and carried along afterwards. */
export interface QueueState {
  nextSequence: number;
  /** Taps without an answer, in the order of their numbers. */
  readonly pending: Map<number, TapLocation>;
  readonly setAside: SetAside[];
  /** Bytes of a write that never came to its end, cut off when the queue was opened. */
  tornBytes: number;
  /** Numbers that were given to taps whose frames are lost, and that no answer covers. */
  readonly missingSequences: number[];
}
