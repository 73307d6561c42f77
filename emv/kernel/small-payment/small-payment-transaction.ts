import { encodeNumeric } from '../../bytes.js';
import type { CappRecord } from '../../values/index.js';
import { listedTags } from '../listed-tags.js';
import { completeTransaction } from '../qpboc/complete-transaction.js';
import { getOptions } from '../qpboc/get-processing-options.js';
import { type Progress, type QpbocOutcome, report, startProgress } from '../qpboc/progress.js';
import type { QpbocTerminal } from '../qpboc/qpboc-terminal.js';
import { prepare, selectAndAsk } from '../qpboc/qpboc-transaction.js';
import { type Ending, proceed, type Step } from '../transaction-outcome.js';
import { requireUnpredictableNumber } from '../unpredictable-number.js';
import { type ProtectedAnswers, readCapp, readRides } from './read-capp.js';
import { reasonOfStatus } from './refusals.js';
import { type SmallPaymentExchange, withCard } from './small-payment-exchange.js';
import {
  type CappIndicator,
  type CappUpdate,
  cappFiles,
  cappIndicators,
  type Trade,
  type TradeDecision,
} from './trade.js';
import { updateCapp } from './update-capp.js';

/** A terminal with the extension of part 14. Amount (9F02) and CAPP indicator (DF60) come from the trade. */
export interface SmallPaymentTerminal extends QpbocTerminal {
  readonly trade: Trade;
}

export interface SmallPaymentOutcome extends QpbocOutcome {
  /** What was said to the card (DF60); 0 or absent: it was plain qPBOC, or did not come to that. */
  readonly indicator?: CappIndicator | undefined;
  /** The trade's record as it was read. */
  readonly record?: CappRecord | undefined;
  /** What the card was given to write; it has where `debit` is `made`. */
  readonly updates: readonly CappUpdate[];
}

interface ExtendedProgress extends Progress {
  indicator?: CappIndicator;
  record?: CappRecord | undefined;
  updates: readonly CappUpdate[];
  protection: ProtectedAnswers;
}

/**
 * Segment deduction, pre-authorization and completion (JR/T 0025.14-2013 5 to 7) around a qPBOC transaction: reads the
 * trade's record, lets the trade decide the amount and what is written, and has card and record updated together with
 * the last READ RECORD. Pure like `qpbocTransaction`; MACs, random numbers and fares are requests to the terminal.
 *
 * @example
 * const kernel = smallPaymentTransaction({ data, unpredictableNumber, date, caKeys, trade: journeyTrade({ … }) });
 * let step = kernel.next();
 * while (!step.done) {
 *   step = kernel.next(step.value.kind === 'command' ? await transmit(step.value) : await answer(step.value));
 * }
 * step.value.updates; // the entry that the card holds now
 */
export function* smallPaymentTransaction(terminal: SmallPaymentTerminal): SmallPaymentExchange<SmallPaymentOutcome> {
  requireUnpredictableNumber(terminal);
  const progress: ExtendedProgress = {
    ...startProgress(terminal.data),
    updates: [],
    protection: { isProtected: false, algorithm: '3des' },
  };
  const outcome = report(progress, yield* proceedToEnding(terminal, progress));
  const { indicator, record, updates } = progress;
  return { ...outcome, ...(indicator !== undefined && { indicator }), ...(record && { record }), updates };
}

function* proceedToEnding(terminal: SmallPaymentTerminal, progress: ExtendedProgress): SmallPaymentExchange<Ending> {
  const { trade } = terminal;
  const asking = trade.needsBalance ? ({ ...terminal, balanceInquiry: 'before' } as const) : terminal;
  const selected = yield* withCard(selectAndAsk(asking, progress));
  if (!selected.ok) return selected;
  const decision = yield* decide(trade, progress);
  if (!decision.ok) return decision;
  if (decision.value.kind === 'refused') return decision.value.ending;
  const started = yield* start(terminal, progress, decision.value);
  if (!started.ok) return started;
  const ending = yield* withCard(completeTransaction(terminal, progress));
  return withReason(ending, progress);
}

/** Reads what the trade wants to see, and hears what it makes of it. */
function* decide(trade: Trade, progress: ExtendedProgress): SmallPaymentExchange<Step<TradeDecision>> {
  const protection = protectionOf(trade, progress);
  if (protection === undefined) return proceed(trade.decideWithout());
  progress.protection = protection;
  const record = yield* readCapp(trade.reference, protection);
  if (!record.ok) return record;
  if (record.value === undefined || !record.value.valid) return proceed(trade.decideWithout());
  progress.record = record.value;
  const rides = yield* readRides(cappFiles.cyclic, trade.ridesRead);
  if (!rides.ok) return rides;
  const found = { record: record.value, rides: rides.value, balance: progress.balance.before };
  return proceed(yield* trade.decide(found));
}

const SEGMENT_DEDUCTION = 0x01;
const SEGMENT_DEDUCTION_AND_PRE_AUTHORIZATION = 0x02;
const RESPONSES_PROTECTED = 0x80;

/** `undefined` where the card has no extension for this trade (JR/T 0025.14-2013 5.2.1, 6.2.1). */
function protectionOf(trade: Trade, { application, terminalData }: Progress): ProtectedAnswers | undefined {
  const asked = listedTags(application!.processingOptionsDataObjectList!)!;
  const [abilities = 0] = application!.data.get('DF61') ?? [];
  const needed = SEGMENT_DEDUCTION_AND_PRE_AUTHORIZATION | (trade.needsPreAuthorization ? 0 : SEGMENT_DEDUCTION);
  if (!asked.includes('DF60') || (abilities & needed) === 0) return undefined;
  const usesSm = asked.includes('DF69') && terminalData.get('DF69')?.[0] === 1;
  return { isProtected: (abilities & RESPONSES_PROTECTED) !== 0, algorithm: usesSm ? 'sm4' : '3des' };
}

/** GET PROCESSING OPTIONS with the amount that the trade named, and the updates where the card approves. */
function* start(
  terminal: SmallPaymentTerminal,
  progress: ExtendedProgress,
  decision: Exclude<TradeDecision, { kind: 'refused' }>,
): SmallPaymentExchange<Step<undefined>> {
  const indicator = decision.kind === 'plain' ? cappIndicators.none : decision.indicator;
  progress.indicator = indicator;
  progress.terminalData = new Map([
    ...progress.terminalData,
    ['9F02', encodeNumeric(decision.amount, AMOUNT_LENGTH)],
    ['DF60', Uint8Array.of(indicator)],
  ]);
  const prepared = prepare(terminal, progress);
  if (!prepared.ok) return prepared;
  const options = yield* withCard(
    getOptions(progress.application!, progress.terminalData, {
      repeatedData: terminal.repeatedData,
      withoutCryptogram: indicator === cappIndicators.preAuthorization,
    }),
  );
  if (!options.ok) return withReason(options, progress);
  progress.options = options.value;
  const { card, cryptogramType } = options.value;
  if (decision.kind === 'plain' || cryptogramType !== 'transaction-certificate') return proceed(undefined);
  progress.updates = decision.updates;
  return yield* updateCapp(decision.updates, card.get('9F36')!, progress.protection);
}

const AMOUNT_LENGTH = 6;

/** What a status word means to the extension; a plain transaction keeps its reason. */
function withReason(ending: Ending, { indicator = 0 }: ExtendedProgress): Ending {
  const reason = indicator === 0 || ending.statusWord === undefined ? undefined : reasonOfStatus(ending.statusWord);
  return reason === undefined ? ending : { ...ending, reason, tryAnotherInterface: false };
}
