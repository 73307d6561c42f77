import type { Command } from '../../apdu/index.js';
import type { DataObject } from '../../tlv/index.js';
import type { FileLayout } from '../file-layouts.js';

/** A command and its answer, either of which a log can lack. */
export interface SessionExchange {
  readonly command?: Uint8Array | undefined;
  readonly response?: Uint8Array | undefined;
}

export type LogKind = 'transaction' | 'load';

/** An exchange as the conversation before it lets it be understood. */
export interface SessionStep {
  readonly exchange: SessionExchange;
  /** Absent where the bytes are none. */
  readonly command?: Command;
  /** What is answered: the command, or the one whose answer GET RESPONSE fetches. */
  readonly answered?: Command;
  readonly data: Uint8Array;
  /** Absent where there is no answer. */
  readonly statusWord?: number;
  /** The answer's data objects, where it has such. */
  readonly objects?: readonly DataObject[];
  /** Identifier of the application selected at that time, hex. */
  readonly application: string;
  /** What asked for the command's data. */
  readonly dataObjectList?: Uint8Array;
  /** How an answer without tags is laid out. */
  readonly layout?: FileLayout;
  /** The log whose record the answer is; `whole` where it is all of a load log with its MAC. */
  readonly log?: { readonly kind: LogKind; readonly whole: boolean };
}
