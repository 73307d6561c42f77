import type { Transaction } from 'kysely';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { openPrivateData } from '../membership/private-data.js';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import type { CardPolicy } from './card-policy-schema.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { readFeeState } from './fee-state.js';
import { inSteps } from './in-steps.js';
import { type OrderStepTaken, type StepOutcome, takeOrderStep } from './take-order-step.js';

/** What is shown at the counter when a card is collected. Compared, and not kept. */
export interface Collection extends OrderStepTaken {
  readonly collector: CardPolicy['collection']['by'][number];
  /** The member's, from the identity document and from the card. */
  readonly identityNumber: string;
  readonly name: string;
  /** The last four digits of the card. */
  readonly lastDigits: string;
}

/** Hands a card out, where identity, name and number are those of the register and the fee is settled. */
export function collectCard(
  options: CardOptions,
  { collector, identityNumber, name, lastDigits, ...taken }: Collection,
) {
  const shown = { collector, identityNumber, name, lastDigits };
  return inSteps(options, (transaction) =>
    takeOrderStep(options, transaction, taken, {
      step: 'collect',
      content: shown,
      work: (row) => handOut(options, transaction, row, shown),
    }),
  );
}

async function handOut(
  options: CardOptions,
  transaction: Transaction<Tables>,
  row: CardOrdersTable,
  shown: Omit<Collection, keyof OrderStepTaken>,
): Promise<StepOutcome | CardStepRefused> {
  const { by, isFeePaidBefore } = options.cardPolicy.collection;
  if (!by.includes(shown.collector)) return refuseStep('collector-not-allowed', `allowed: ${by.join(', ')}`);
  if (isFeePaidBefore && row.fee_fen > 0 && (await readFeeState(transaction, row.id)) === 'due') {
    return refuseStep('card-fee-due', `${row.fee_fen} fen are due`);
  }
  const known = await readShown(options, transaction, row);
  if (known.identityNumber === undefined) return refuseStep('identity-not-registered');
  const wrong = (['identityNumber', 'name', 'lastDigits'] as const).filter(
    (field) => plain(shown[field]) !== plain(known[field] ?? ''),
  );
  if (wrong.length > 0) return refuseStep('collection-mismatch', `not as it is known: ${wrong.join(', ')}`);
  return { details: { collector: shown.collector, identity: 'right', name: 'right', number: 'right' } };
}

const plain = (text: string): string => text.replace(/\s/g, '').toUpperCase();

async function readShown(
  { personalDataKey, formerDataKeys, random }: CardOptions,
  transaction: Transaction<Tables>,
  { member, card_token }: CardOrdersTable,
) {
  const person = await transaction
    .selectFrom('members')
    .select(['member', 'name', 'private_data'])
    .where('member', '=', member)
    .executeTakeFirstOrThrow();
  const mask = await readMask(transaction, card_token);
  const { identityNumber } = openPrivateData(createPersonalDataCipher(personalDataKey, random, formerDataKeys), person);
  return { identityNumber, name: person.name, lastDigits: mask.slice(-4) };
}

/** The mask of a card that was made; its last four digits are the number's. */
export async function readMask(transaction: Transaction<Tables>, token: string | null): Promise<string> {
  const row = await transaction
    .selectFrom('cards')
    .select('card_mask')
    .where('card_token', '=', token ?? '')
    .executeTakeFirst();
  return row?.card_mask ?? '';
}
