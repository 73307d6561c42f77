import type { Transaction } from 'kysely';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { generationAt } from '../membership/index.js';
import { addRecord, noChanges } from '../membership/membership-changes.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { recordWithin } from '../membership/record-changes.js';
import { toHistory } from '../membership/to-history.js';
import type { Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import { cardStateAt, holdCardFacts } from './card-state.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { inSteps, isRefused } from './in-steps.js';
import { type OrderedCard, orderCard } from './order-card.js';
import { refuseMoment } from './step-moment.js';
import type { CardStepTaken } from './take-card-step.js';

/** What the teller's question about it came to: as it is known, or another one. */
export type Checked = { readonly isConfirmed: true } | { readonly corrected: string };

/** The exchange of an old card, with the teller's check of mobile number and address. */
export interface Exchange extends CardStepTaken {
  readonly mobile: Checked;
  readonly address: Checked;
}

/**
 * Orders the exchange of a card of PBOC 2.0: number and account stay, the sequence number rises. What the teller corrects
 * goes into the register. The old card is used on until the new one is activated.
 */
export const exchangeCard = (options: CardOptions, exchange: Exchange): Promise<OrderedCard | CardStepRefused> =>
  inSteps(options, (transaction) => orderExchange(options, transaction, exchange));

async function orderExchange(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { token, by, at: told, reason, mobile, address }: Exchange,
): Promise<OrderedCard | CardStepRefused> {
  const facts = await holdCardFacts(options, transaction, token);
  if (!facts) return refuseStep('card-unknown');
  if (facts.member === null) return refuseStep('card-not-a-members');
  const nowMs = options.clock().getTime();
  const at = told ?? new Date(nowMs).toISOString();
  const { exchange } = options.cardPolicy;
  const refusal = refuseMoment(at, nowMs, undefined);
  if (refusal) return refusal;
  if (shanghaiDay(Date.parse(at)) < exchange.from) return refuseStep('exchange-not-begun', `from ${exchange.from} on`);
  const history = toHistory(facts);
  const isOld = history !== undefined && generationAt(history, at) === 'pboc2';
  if (!isOld || cardStateAt(facts, at) !== 'active') return refuseStep('exchange-not-needed');
  const sequenceNumber = Math.max(0, ...facts.exchanges.map(({ sequence_number }) => sequence_number ?? 0)) + 1;
  const details = { mobile: wordOf(mobile), address: wordOf(address), sequenceNumber };
  const { bank } = await transaction
    .selectFrom('cards')
    .select('bank')
    .where('card_token', '=', token)
    .executeTakeFirstOrThrow();
  const ordered = await orderCard(
    options,
    transaction,
    { member: facts.member, kind: 'exchange', by, at, reason },
    { bank, cardToken: token, sequenceNumber, feeFen: exchange.feeFen, details },
  );
  if (!isRefused(ordered)) await correctRegister(options, transaction, facts.member, { mobile, address });
  return ordered;
}

const wordOf = (checked: Checked): string => ('corrected' in checked ? 'corrected' : 'confirmed');

async function correctRegister(
  options: CardOptions,
  transaction: Transaction<Tables>,
  member: string,
  { mobile, address }: Pick<Exchange, 'mobile' | 'address'>,
): Promise<void> {
  const corrected = {
    ...('corrected' in mobile && { mobile: mobile.corrected }),
    ...('corrected' in address && { address: address.corrected }),
  };
  if (Object.keys(corrected).length === 0) return;
  const { name } = await transaction
    .selectFrom('members')
    .select('name')
    .where('member', '=', member)
    .executeTakeFirstOrThrow();
  const { tokenKey, personalDataKey, formerDataKeys, random } = options;
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const changes = noChanges();
  addRecord(changes, { member, name, ...corrected }, { index: 0 }, { tokenKey, cipher });
  await recordWithin(options, transaction, changes);
}
