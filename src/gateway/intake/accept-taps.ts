import type { Transaction } from 'kysely';
import { boxedSuspicionPolicy } from '../evidence/index.js';
import type { JourneysTable, Tables, TapsTable } from '../storage/index.js';
import { bookCards, placesOf } from './book-cards.js';
import type { ExaminedTap } from './examine-tap.js';
import { insertAlike } from './insert-alike.js';
import type { Receipt, ReceiptMembership, ToldAnswer } from './intake.js';
import type { BookingOptions } from './intake-options.js';
import { type JourneyParts, toReceiptJourney } from './journey-row.js';
import { judgeTransactions, type RejudgedTap } from './judge-transactions.js';
import { holdCards, KnownBefore, keepConflicts, takeIdentities, takeTransactions } from './keep-taps.js';
import { packReceipt } from './kept-receipt.js';
import { type BookedTap, priceCards } from './price-cards.js';
import { writtenSteps } from './price-steps.js';
import { againAnswer, conflictAnswer, readAnswers, refusedAnswer } from './read-answers.js';
import { receiptMembership } from './receipt-membership.js';
import { receiptText } from './receipt-text.js';
import { readClosedDays } from './service-days.js';
import type { TapRefusal } from './tap-refusals.js';
import { toToldAnswer } from './told-answer.js';

/** What is answered under an identity, and the content that it is answered to. */
interface FoundAnswer {
  readonly contentHash: string;
  readonly answer: ToldAnswer;
}

/** What became of a new tap. */
interface Verdict {
  readonly refusal: TapRefusal | undefined;
  readonly journey: JourneysTable | undefined;
  /** Of the journey. */
  readonly parts?: JourneyParts | undefined;
  readonly membership?: ReceiptMembership | undefined;
}

/**
 * Accepts taps in one transaction, wholly or not at all: keeps them, prices and books the cards that they prove, and
 * answers each in its order.
 */
export async function acceptTaps(options: BookingOptions, taps: readonly ExaminedTap[]): Promise<ToldAnswer[]> {
  try {
    return await accept(options, taps, true);
  } catch (error) {
    if (error instanceof KnownBefore) return accept(options, taps, false);
    throw error;
  }
}

/** `isAllNew`: neither a tap nor a counter is known, as is mostly so, or KnownBefore is thrown and nothing kept. */
function accept(options: BookingOptions, taps: readonly ExaminedTap[], isAllNew: boolean): Promise<ToldAnswer[]> {
  const { database, clock } = options;
  return database.inTransaction(async (transaction) => {
    const receivedAt = clock();
    await database.lockServiceDays(transaction, 'shared');
    const taken = await takeIdentities(transaction, taps, isAllNew);
    const fresh = firstsOf(taps.filter(({ identity }) => taken.has(identity)));
    const known = firstsOf(taps.filter(({ identity }) => !taken.has(identity)));
    const before = await readAnswers(transaction, known);
    const answers = await keepTaps(transaction, options, fresh, isAllNew, receivedAt);
    for (const [identity, { contentHash, answer }] of before)
      answers.set(identity, { contentHash, answer: toToldAnswer(answer) });
    const conflicts = taps.flatMap((tap) => {
      const { contentHash, answer } = answers.get(tap.identity)!;
      return contentHash === tap.contentHash ? [] : [{ ...tap, id: answer.id }];
    });
    await keepConflicts(transaction, conflicts, receivedAt);
    const isFirst = new Set<ExaminedTap>(fresh);
    return taps.map((tap) => {
      const { contentHash, answer } = answers.get(tap.identity)!;
      if (contentHash !== tap.contentHash) return conflictAnswer(answer.id);
      return isFirst.has(tap) ? answer : againAnswer(answer);
    });
  });
}

function firstsOf(taps: readonly ExaminedTap[]): ExaminedTap[] {
  const firsts = new Map<string, ExaminedTap>();
  for (const tap of taps) if (!firsts.has(tap.identity)) firsts.set(tap.identity, tap);
  return [...firsts.values()];
}

/** Keeps taps whose identities have just been taken. */
async function keepTaps(
  transaction: Transaction<Tables>,
  options: BookingOptions,
  taps: readonly ExaminedTap[],
  isAllNew: boolean,
  receivedAt: Date,
): Promise<Map<string, FoundAnswer>> {
  const proving = taps.filter(({ proof }) => proof);
  await holdCards(options.database, transaction, new Set(proving.map(({ cardToken }) => cardToken)));
  const once = await takeTransactions(transaction, proving, isAllNew);
  const proved = proving.filter(({ id }) => once.has(id));
  const suspicion = options.suspicion ?? boxedSuspicionPolicy();
  const { setAside, rejudged } = await judgeTransactions(transaction, suspicion, proved, receivedAt);
  const priced = proved.filter(({ id }) => !setAside.has(id));
  const fromMs = Date.now();
  const places = await bookTaps(transaction, options, priced, rejudged, receivedAt);
  options.observer?.booked({ cards: priced.length, fromMs, toMs: Date.now() });
  const answers = new Map<string, FoundAnswer>();
  const rows: TapsTable[] = [];
  for (const tap of taps) {
    const repeated = tap.proof && !once.has(tap.id) ? 'transaction-repeated' : undefined;
    const refusal = tap.refusal ?? repeated ?? setAside.get(tap.id)?.code;
    const verdict = places.get(tap.id) ?? { refusal, journey: undefined };
    const receipt = verdict.refusal ? undefined : receiptOf(tap, verdict);
    const answer = answerOf(tap, verdict, receipt);
    rows.push(toTapRow(tap, verdict, receipt, once.has(tap.id) && !setAside.has(tap.id), receivedAt));
    answers.set(tap.identity, { contentHash: tap.contentHash, answer });
  }
  await insertAlike(
    transaction,
    'taps',
    rows.map((row) => [row]),
  );
  return answers;
}

async function bookTaps(
  transaction: Transaction<Tables>,
  options: BookingOptions,
  proved: readonly ExaminedTap[],
  rejudged: readonly RejudgedTap[],
  receivedAt: Date,
): Promise<ReadonlyMap<string, Verdict>> {
  const accepted = proved.map(toBookedTap);
  const asked = [...accepted, ...rejudged];
  if (asked.length === 0) return new Map();
  const closed = await readClosedDays(transaction);
  const tokens = [...new Set(asked.map(({ cardToken }) => cardToken))];
  const isClosed = (serviceDay: string) => closed.has(serviceDay);
  const cards = await priceCards(transaction, options, tokens, accepted, asked, isClosed);
  const journeys = await bookCards(transaction, cards, closed, receivedAt);
  const verdicts = new Map<string, Verdict>();
  for (const { card, priced, taps } of cards) {
    const { journeyOf, refusalOf } = placesOf(priced);
    const partsOf = new Map<string, JourneyParts>(priced.journeys.map((journey) => [journey.id, journey]));
    for (const { id, kept } of taps.values()) {
      if (kept) continue;
      const journeyId = journeyOf.get(id) ?? '';
      const journey = journeys.get(journeyId);
      verdicts.set(id, {
        refusal: refusalOf.get(id),
        journey,
        parts: partsOf.get(journeyId),
        membership: journey && receiptMembership(options, card, taps.get(journeyId)!, journey),
      });
    }
  }
  return verdicts;
}

function toBookedTap({ id, cardToken, cardMask, record }: ExaminedTap): BookedTap {
  const { operator, service, event, place, at, amountFen } = record;
  return { id, cardToken, cardMask, operator, service, event, place, at, amountFen };
}

function receiptOf({ id, cardMask, record }: ExaminedTap, { journey, parts, membership }: Verdict): Receipt {
  const { service, event, at } = record;
  return {
    tapId: id,
    cardMask,
    service,
    event,
    at,
    ...(journey && parts && { journey: toReceiptJourney(journey, parts) }),
    ...(membership && { membership }),
  };
}

function answerOf({ id }: ExaminedTap, { refusal, parts }: Verdict, receipt: Receipt | undefined): ToldAnswer {
  if (!receipt) return toToldAnswer(refusedAnswer(id, refusal!));
  return { result: 'created', id, receipt: receiptText(receipt, parts ? writtenSteps(parts.steps).text : '[]') };
}

function toTapRow(
  tap: ExaminedTap,
  { refusal, journey }: Verdict,
  receipt: Receipt | undefined,
  isProved: boolean,
  receivedAt: Date,
): TapsTable {
  const { operator, terminal, sequence, at, service, event, place, amountFen } = tap.record;
  return {
    card_token: tap.cardToken,
    id: tap.id,
    operator,
    terminal,
    sequence,
    card_mask: tap.cardMask,
    atc: tap.proof?.atc ?? null,
    is_cryptogram_verified: tap.isCryptogramVerified ? 1 : null,
    at,
    at_ms: Date.parse(at),
    service_day: tap.serviceDay,
    service,
    event,
    place: JSON.stringify(place),
    amount_fen: amountFen,
    is_proved: isProved ? 1 : 0,
    result: receipt ? 'created' : 'refused',
    code: refusal ?? null,
    receipt: receipt ? packReceipt(receipt, journey?.steps ?? '') : null,
    refusal: refusal ?? null,
    journey_id: journey?.id ?? null,
    received_at_ms: receivedAt.getTime(),
    uploaded_at_ms: tap.uploadedAtMs ?? null,
    record: tap.sealed,
  };
}
