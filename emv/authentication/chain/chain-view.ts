import type { OdaFailure } from '../oda-result.js';
import type { ChainInput } from './chain.js';
import type { ChainWitness } from './chain-witness.js';

/** What is known when the authentication is over. */
export interface ChainView {
  readonly input: ChainInput;
  readonly witness: ChainWitness;
  readonly failures: readonly OdaFailure[];
  /** The failure that hindered everything behind it. */
  readonly stop: OdaFailure | undefined;
  readonly isReached: boolean;
}
