import type { DataMap } from '../../../emv/tlv/index.js';
import { readCardNumber } from '../card-number.js';
import { type AdviceExamination, examineAdvice } from '../examine-advice.js';
import type { AccountBookPages } from './account-book.js';
import type { CardName } from './card-names.js';
import type { HostParts } from './host-parts.js';
import { transactionDate } from './transaction-date.js';

export interface Advised extends Omit<AdviceExamination, 'account'> {
  readonly card?: CardName | undefined;
}

/** A transaction that terminal and card decided alone: whether it is the card's word, and its counter seen. */
export function advise({ issuer, names, clock }: HostParts, pages: AccountBookPages, data: DataMap): Advised {
  const card = readCardNumber(data);
  const name = card && names.of(card);
  const known = name && pages.account(name.token);
  const { account, ...examined } = examineAdvice(issuer, known, { data, date: transactionDate(data, clock) });
  if (examined.isProved && name && account) pages.putAccount(name.token, account);
  return { ...examined, ...(name && { card: name }) };
}
