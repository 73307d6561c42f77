import { verifyCda } from '../../authentication/index.js';
import { concat } from '../../bytes.js';
import type { DataObject } from '../../tlv/index.js';
import { authenticationInput } from './authenticate.js';
import type { TransactionState } from './transaction-state.js';

/**
 * The CDA signature of an answer to GENERATE AC, over what was sent and said so far (EMV 4.3 Book 2 §6.6.2,
 * JR/T 0025.17-2013). Marks 95 and 9B, and keeps the dynamic number (9F4C) and the cryptogram that was signed.
 */
export function verifyCombined(template: DataObject, state: TransactionState): boolean {
  const { card, own, terminal, verificationResults, statusInformation } = state;
  const result = verifyCda({
    ...authenticationInput(state),
    unpredictableNumber: terminal.unpredictableNumber,
    pdolData: state.processingOptionsData,
    cdolData: concat(...state.riskManagementData),
    responseData: withoutSignature(template),
    cryptogramInformationData: card.get('9F27')!,
    applicationCryptogram: card.get('9F26'),
  });
  state.authentication = result;
  statusInformation.set('offlineDataAuthentication');
  if (!result.ok) {
    verificationResults.set('combinedDataAuthenticationFailed');
    return false;
  }
  card.set('9F26', result.applicationCryptogram!);
  own.set('9F4C', result.iccDynamicNumber!);
  return true;
}

/** The objects of the answer as they stand in it, tags and lengths included. */
function withoutSignature({ value, children = [], offset }: DataObject): Uint8Array {
  const start = children[0]?.offset ?? offset;
  return concat(
    ...children.flatMap((child, index) => {
      const end = children[index + 1]?.offset ?? start + value.length;
      return child.tag === '9F4B' ? [] : [value.subarray(child.offset - start, end - start)];
    }),
  );
}
