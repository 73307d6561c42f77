import { decodeNumeric } from '../../../emv/bytes.js';
import type { QpbocOutcome } from '../../../emv/kernel/index.js';
import { type Evidence, evidenceLimits, maskPan, panIn, parseTapRecord, type TapRecord } from '../../tap/index.js';
import { draftTap, type TapDraft } from './check-options.js';
import { collectEvidence } from './collect-evidence.js';
import { localTime } from './local-time.js';
import { prepareKernel } from './run-kernel.js';
import type { TapCardOptions } from './tap-card-options.js';
import { Conversation } from './tap-exchange.js';
import type { Display, TapResult } from './tap-result.js';

const CHINA_UTC_OFFSET_MINUTES = 480;

function displayOf(outcome: TapResult['outcome'], accepted: boolean, tryAnotherInterface: boolean): Display {
  if (accepted && outcome === 'approved-offline') return 'approved';
  if (outcome === 'torn') return 'present-again';
  if (tryAnotherInterface) return 'another-interface';
  return outcome === 'online-requested' ? 'online' : 'declined';
}

/**
 * The record of an accepted tap; `undefined` where a card gave more than a record may hold. The draft was checked
 * before; only an amount that came out of the transaction is new.
 */
function finish(
  draft: TapDraft,
  amountFen: number,
  evidence: Evidence,
  transaction: QpbocOutcome,
): TapRecord | undefined {
  if (amountFen === draft.amountFen) {
    const { version, operator, terminal, sequence, at, service, event, place } = draft;
    return fits(transaction)
      ? { version, operator, terminal, sequence, at, service, event, place, amountFen, evidence }
      : undefined;
  }
  const parsed = parseTapRecord({ ...draft, amountFen, evidence });
  return parsed.ok ? parsed.record : undefined;
}

/** Looks at the bytes, not at their hex: an object with tags for names is slow to go through. */
function fits({ data, records }: QpbocOutcome): boolean {
  if (records.length > evidenceLimits.records) return false;
  for (const { bytes } of records) if (bytes.length > evidenceLimits.bytes) return false;
  for (const value of data.values()) if (value.length > evidenceLimits.bytes) return false;
  return true;
}

function maskedPanOf(transaction: QpbocOutcome): string | undefined {
  const pan = panIn(transaction);
  return pan && maskPan(pan);
}

/**
 * Taps a card: runs the qPBOC transaction (JR/T 0025.12-2013) over a channel and, where the profile accepts its
 * outcome, makes the tap record with all evidence. What a card or the field does is a result: declined, terminated, or
 * `torn` where the card was lost, always within the profile's times. A torn tap makes no record; reset the channel,
 * or wait for the card, and tap again. Throws {@link TerminalError} for a wrong set-up, before the card is asked for
 * anything, and ChannelError for what is not the card's doing.
 *
 * @example
 * const result = await tapCard({
 *   channel, profile: terminalProfiles['metro-gate'], operator: 'ningbo-metro', terminal: 'gate-07', sequence: 1,
 *   event: 'entry', place: { line: '1', station: '鼓楼' }, clock, random: randomBytes, caKeys,
 * });
 * if (result.tapRecord) await queue.append(result.tapRecord);
 */
export async function tapCard(options: TapCardOptions): Promise<TapResult> {
  const { profile, channel } = options;
  const at = localTime(options.clock(), options.utcOffsetMinutes ?? CHINA_UTC_OFFSET_MINUTES);
  const draft = draftTap(options, at);
  const { input: terminalInput, run } = prepareKernel(options, draft, at);
  const now = options.now ?? (() => performance.now());
  const conversation = new Conversation(channel, profile.limitsMs, now, options.onExchange);
  const transaction = await run(conversation);
  const { trace, tear } = conversation;
  const evidence = collectEvidence(terminalInput.data, transaction);
  const amountFen = amountSaid(transaction) ?? draft.amountFen;
  const torn = transaction.reason === 'card-removed' ? (tear ?? 'card-mute') : undefined;
  const isAccepted = !torn && accepts(profile, transaction);
  const tapRecord = isAccepted ? finish(draft, amountFen, evidence, transaction) : undefined;
  const isTooLarge = isAccepted && !tapRecord;
  const outcome = torn ? 'torn' : isTooLarge ? 'terminated' : transaction.outcome;
  const tryAnotherInterface = !torn && transaction.tryAnotherInterface;
  const maskedPan = maskedPanOf(transaction);
  return {
    outcome,
    reason: torn ?? (isTooLarge ? 'evidence-too-large' : transaction.reason),
    accepted: tapRecord !== undefined,
    display: displayOf(outcome, tapRecord !== undefined, tryAnotherInterface),
    tryAnotherInterface,
    mayHaveDebited: transaction.debit === 'possible',
    amountFen,
    transaction,
    terminalInput,
    trace,
    timing: {
      totalMs: conversation.elapsedMs,
      cardMs: trace.reduce((sum, exchange) => sum + exchange.elapsedUs, 0) / 1000,
    },
    ...(tapRecord && { tapRecord }),
    ...(maskedPan && { maskedPan }),
  };
}

const amountSaid = ({ data }: QpbocOutcome): number | undefined => decodeNumeric(data.get('9F02') ?? new Uint8Array());

/**
 * Whether the profile lets the holder pass. One who passes before the issuer has answered does so on the card's
 * signature where that was looked at.
 */
function accepts({ accepts: accepted }: TapCardOptions['profile'], transaction: QpbocOutcome): boolean {
  const { offlineDataAuthentication: authentication, outcome, reason } = transaction;
  if (!accepted.some((known) => known === outcome)) return false;
  return reason !== 'online-after-failed-authentication' || authentication?.ok !== false;
}
