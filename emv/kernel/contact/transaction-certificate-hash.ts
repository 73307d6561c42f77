import { createHash } from 'node:crypto';
import { buildDataObjectList, decodeDataObjectList } from '../../tlv/index.js';
import type { TransactionState } from './transaction-state.js';

/**
 * The hash (98) that a CDOL may ask for, over what the card's TDOL (97) names. Without a TDOL the terminal's own, which
 * is empty, is used, and 95 says so (JR/T 0025.6-2013 7.10.4.1, table 40; EMV 4.3 Book 3 §9.2.2).
 */
export function hashTransactionCertificateData(list: '8C' | '8D', state: TransactionState): void {
  if (!decodeDataObjectList(state.card.get(list)!).some(({ tag }) => tag === '98')) return;
  const certificateList = state.card.get('97');
  if (certificateList === undefined) state.verificationResults.set('defaultTransactionCertificateListUsed');
  const data = buildDataObjectList(certificateList ?? new Uint8Array(0), state.data);
  state.own.set('98', new Uint8Array(createHash('sha1').update(data).digest()));
}
