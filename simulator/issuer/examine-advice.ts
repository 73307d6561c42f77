import type { AuthorizationRequest } from './authorization-request.js';
import type { CardAccount } from './card-account.js';
import { checkCryptogram, checkPurseData } from './checks/check-cryptogram.js';
import type { DecisionReason } from './decision.js';
import type { Issuer } from './issuer.js';
import { openRequest } from './open-request.js';

export interface AdviceExamination {
  /** The cryptogram is the card's over this data. */
  readonly isProved: boolean;
  /** Why not. */
  readonly reason?: DecisionReason | undefined;
  /** What the card had made; absent where the advice could not be opened. */
  readonly cryptogramType?: 'AAC' | 'TC' | 'ARQC' | undefined;
  readonly account: CardAccount | undefined;
}

/**
 * Looks at the last cryptogram of a transaction that was decided without the issuer (9F27, bit 4: the card wants it to be
 * told). A decline, and a counter older than another, are no objection here.
 */
export function examineAdvice(
  issuer: Issuer,
  account: CardAccount | undefined,
  advice: AuthorizationRequest,
): AdviceExamination {
  const opening = openRequest(issuer, account, advice);
  if (!opening.ok) return { isProved: false, reason: opening.reason, account };
  const { opened } = opening;
  const { cryptogramType, secondCryptogramType } = opened.issuerApplicationData.cardVerificationResults;
  const told = { cryptogramType: secondCryptogramType ?? cryptogramType };
  const doubt = checkCryptogram(opened);
  const reason = doubt === 'cryptogram-not-online' ? checkPurseData(opened) : (doubt ?? checkPurseData(opened));
  if (reason !== undefined) return { isProved: false, reason, ...told, account };
  const transactionCounter = Math.max(opened.account.transactionCounter, opened.transactionCounter);
  return { isProved: true, ...told, account: { ...opened.account, transactionCounter } };
}
