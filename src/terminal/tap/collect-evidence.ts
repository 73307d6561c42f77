import { toHex } from '../../../emv/bytes.js';
import type { TransactionOutcome } from '../../../emv/kernel/index.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { Evidence } from '../../tap/index.js';
import evidenceTags from './evidence-tags.json';

/** What a terminal can do (DF69), which the card does not sign. */
const SM_INDICATOR = 'DF69';

/**
 * What lets a gateway check the card by itself: all that the terminal said, of the card's data what the signature, the
 * cryptogram and the decision rest on (not the holder's name, say), and every record as it came.
 */
export function collectEvidence(terminalData: DataMap, outcome: TransactionOutcome): Evidence {
  const data: Record<string, string> = {};
  const take = (tag: string) => {
    const value = outcome.data.get(tag);
    if (value && tag !== SM_INDICATOR) data[tag] = toHex(value);
  };
  for (const tag of terminalData.keys()) take(tag);
  take('9F37');
  for (const tag of evidenceTags) take(tag);
  return {
    applicationIdentifier: toHex(outcome.applicationIdentifier ?? new Uint8Array()),
    data,
    records: outcome.records.map(({ shortFileIdentifier, recordNumber, bytes }) => ({
      shortFileIdentifier,
      recordNumber,
      bytes: toHex(bytes),
    })),
  };
}
