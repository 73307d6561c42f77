import {
  type CardAnswer,
  type KernelCommand,
  qpbocTransaction,
  type TransactionOutcome,
} from '../../../emv/kernel/index.js';
import { type Evidence, maskPan, panOf, parseTapRecord, type TapRecord } from '../../tap/index.js';
import { draftTap, type TapDraft } from './check-options.js';
import { collectEvidence } from './collect-evidence.js';
import { isDeniedPan } from './deny-list.js';
import { isCommittingCommand } from './is-committing-command.js';
import { localTime } from './local-time.js';
import type { TapCardOptions } from './tap-card-options.js';
import { Conversation } from './tap-exchange.js';
import type { Display, TapResult } from './tap-result.js';
import { terminalData } from './terminal-data.js';

const CHINA_UTC_OFFSET_MINUTES = 480;
const UNPREDICTABLE_NUMBER_LENGTH = 4;

/** Runs the kernel to its end, or to the tear; a kernel that asks on after a tear has nothing more to say. */
async function converse(
  kernel: Generator<KernelCommand, TransactionOutcome, CardAnswer>,
  conversation: Conversation,
): Promise<TransactionOutcome | undefined> {
  let step = kernel.next();
  while (!step.done) {
    if (conversation.tear) return undefined;
    step = kernel.next(await conversation.ask(step.value));
  }
  return step.value;
}

function displayOf(outcome: TapResult['outcome'], accepted: boolean, tryAnotherInterface: boolean): Display {
  if (accepted && outcome === 'approved-offline') return 'approved';
  if (outcome === 'torn') return 'present-again';
  if (tryAnotherInterface) return 'another-interface';
  return outcome === 'online-requested' ? 'online' : 'declined';
}

/** The record of an accepted tap; `undefined` where a card gave more than a record may hold. */
function finish(draft: TapDraft, evidence: Evidence): TapRecord | undefined {
  const parsed = parseTapRecord({ ...draft, evidence });
  return parsed.ok ? parsed.record : undefined;
}

function maskedPanOf(evidence: Evidence | undefined): string | undefined {
  const pan = evidence && panOf(evidence);
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
  const { profile, channel, denyList } = options;
  const at = localTime(options.clock(), options.utcOffsetMinutes ?? CHINA_UTC_OFFSET_MINUTES);
  const draft = draftTap(options, at);
  const terminalInput = {
    data: terminalData(profile, draft.amountFen, at),
    unpredictableNumber: options.random(UNPREDICTABLE_NUMBER_LENGTH),
    date: at.date,
  };
  const now = options.now ?? (() => performance.now());
  const conversation = new Conversation(channel, profile.limitsMs, now, options.onExchange);
  const transaction = await converse(
    qpbocTransaction({
      ...terminalInput,
      caKeys: options.caKeys,
      ...(options.revoked && { revoked: options.revoked }),
      ...(denyList && { isInExceptionFile: (pan: string) => isDeniedPan(denyList, pan) }),
    }),
    conversation,
  );
  const evidence = transaction && collectEvidence(terminalInput.data, transaction);
  const { trace, tear } = conversation;
  const isAccepted = !tear && profile.accepts.some((accepted) => accepted === transaction?.outcome);
  const tapRecord = isAccepted && evidence ? finish(draft, evidence) : undefined;
  const outcome = tear || !transaction ? 'torn' : isAccepted && !tapRecord ? 'terminated' : transaction.outcome;
  const tryAnotherInterface = outcome !== 'torn' && (transaction?.tryAnotherInterface ?? false);
  const maskedPan = maskedPanOf(evidence);
  return {
    outcome,
    reason: tear ?? (isAccepted && !tapRecord ? 'evidence-too-large' : (transaction?.reason ?? 'card-mute')),
    accepted: tapRecord !== undefined,
    ...(tapRecord && { tapRecord }),
    display: displayOf(outcome, tapRecord !== undefined, tryAnotherInterface),
    tryAnotherInterface,
    mayHaveDebited: tear !== undefined && isCommittingCommand(trace),
    ...(maskedPan && { maskedPan }),
    ...(transaction && { transaction }),
    terminalInput,
    trace,
    timing: {
      totalMs: conversation.elapsedMs,
      cardMs: trace.reduce((sum, exchange) => sum + exchange.elapsedUs, 0) / 1000,
    },
  };
}
