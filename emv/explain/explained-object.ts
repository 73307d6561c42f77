import type { Kernel, TagContext } from '../tags/index.js';
import type { DataMap } from '../tlv/index.js';
import type { DescribedBit, Language } from '../values/index.js';
import type { CardNumbers } from './card-numbers.js';

/** A data object as people read it; templates have `children`, others a `value`. */
export interface ExplainedObject {
  /** Upper-case hex; parts of commands and responses have a word: `INS`, `P1P2`, `DATA`, `SW`. */
  readonly tag: string;
  readonly name: string;
  /** Upper-case hex, with `*` for each digit that is masked. */
  readonly value?: string;
  readonly children?: readonly ExplainedObject[];
  readonly meaning?: string;
  readonly bits?: readonly DescribedBit[];
  /** The fields of a certificate or of signed data, where a key was there to open it. */
  readonly opened?: readonly ExplainedObject[];
}

export interface ExplainOptions {
  /** Of names and meanings; English without it. */
  readonly language?: Language;
  /** Card numbers are masked without it. */
  readonly showPan?: boolean;
  /** What a whole conversation has said, where the bytes are a part of one. */
  readonly session?: ExplainSessionContext;
}

export interface ExplainSessionContext {
  /** All of the conversation's. */
  readonly cardNumbers: CardNumbers;
  /** Where amounts find their currency, if the bytes do not hold it themselves. */
  readonly data: DataMap;
  /** Whose meaning a tag has that several kernels use. */
  readonly kernel?: Kernel;
}

export interface DescribeOptions extends ExplainOptions {
  /** What else the card or the transaction has said: an amount's currency is looked up there. */
  readonly data?: DataMap;
  /** Where the tag was met, which may give it a meaning of its own there. */
  readonly context?: TagContext;
}

/** What a value says as a whole, and its bits where they have names. */
export interface ValueDescription {
  readonly meaning?: string;
  readonly bits?: readonly DescribedBit[];
}
