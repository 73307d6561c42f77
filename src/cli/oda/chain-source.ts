import type { ChainInput } from '../../../emv/index.js';

/** An authentication to be looked at, and what to call it: a vector's id, an application of a conversation, a card. */
export interface ChainSource {
  readonly name: string;
  readonly input: ChainInput;
}
