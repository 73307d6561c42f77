import { SeededStream } from '../../numbers/seeded-stream.js';
import type { TestPki } from './test-pki.js';

/**
 * The management key of a trade in one place, 16 bytes: what its terminals update the records of the test cards with.
 * How a trade makes its keys is its own business (JR/T 0025.14-2013 8.1 note 2); this one has the same on every card.
 * `identifier` is the record's, two bytes in hex; empty for the cyclic file.
 */
export function tradeManagementKey(
  pki: Pick<TestPki, 'seed'>,
  shortFileIdentifier: number,
  identifier: string,
): Uint8Array {
  return new SeededStream(`${pki.seed}/trade/${shortFileIdentifier}/${identifier}`).next(16);
}
