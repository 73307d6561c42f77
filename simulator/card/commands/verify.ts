import type { Command, Response } from '../../../emv/apdu/index.js';
import { decodePinBlock } from '../../../emv/cryptogram/index.js';
import { done, refuse } from '../answer.js';
import type { ApplicationState } from '../card-file.js';
import type { CardSession, Stage } from '../card-session.js';
import { byteOf } from '../personalized.js';
import type { VerificationResult } from '../transaction/card-verification-results.js';
import { noVerification, type Verification, withResults } from '../transaction/contact-transaction.js';
import { namedBits } from '../transaction/named-bits.js';

const PLAINTEXT_PIN = 0x80;
const BLOCK_LENGTH = 8;
const TRIES_LEFT = 0x63c0;
const NO_TRIES = 0;

/** VERIFY with a plaintext PIN block (EMV 4.3 Book 3 table 24, JR/T 0025.5-2013 12, 5 B.21; enciphered PINs are not used in this edition). */
export function verify(session: CardSession, { p1, p2, data }: Command): Response {
  if (p1 !== 0 || p2 !== PLAINTEXT_PIN) return refuse('incorrect-parameters');
  if (data?.length !== BLOCK_LENGTH) return refuse('wrong-length');
  const { stage } = session;
  if (stage.name !== 'selected' && stage.name !== 'initiated') return refuse('conditions-not-satisfied');
  if (stage.name === 'initiated' && stage.transaction.first !== undefined) return refuse('conditions-not-satisfied');
  const index = stage.application;
  const { pin: personalized, data: objects } = session.application(index);
  const state = session.applicationState(index);
  const pin = state.changedPin ?? personalized;
  if (pin === undefined) return refuse('data-object-not-found');
  if (state.pinTriesLeft === NO_TRIES) {
    const { limitReachedNow } = stage.verification;
    remember(session, stage, { performed: true, limitReachedNow }, { offlinePinFailed: true, pinTriesExceeded: true });
    return refuse(limitReachedNow ? 'authentication-method-blocked' : 'referenced-data-invalidated');
  }
  const given = decodePinBlock({ format: '2', block: data });
  if (!given.ok) return refuse('wrong-data');
  if (given.pin === pin) {
    const limit = byteOf(objects, '9F17') ?? 0;
    session.keep(index, { ...state, pinTriesLeft: limit });
    remember(session, stage, { performed: true, limitReachedNow: false }, { offlinePinFailed: false });
    return done;
  }
  return failed(session, stage, state, namedBits('9F52', objects['9F52']).has('blockAfterPinLimit'));
}

type Verifying = Extract<Stage, { name: 'selected' | 'initiated' }>;

/** JR/T 0025.5-2013 12.4: the last wrong try may block the application (9F52 2.8). */
function failed(session: CardSession, stage: Verifying, state: ApplicationState, blocks: boolean): Response {
  const pinTriesLeft = state.pinTriesLeft - 1;
  const limitReachedNow = pinTriesLeft === NO_TRIES;
  const isBlockedNow = limitReachedNow && blocks;
  session.keep(stage.application, {
    ...state,
    pinTriesLeft,
    ...(isBlockedNow && state.blocked === undefined ? { blocked: 'application' as const } : {}),
  });
  remember(
    session,
    stage,
    { performed: true, limitReachedNow },
    {
      offlinePinFailed: true,
      ...(limitReachedNow ? { pinTriesExceeded: true } : {}),
      ...(isBlockedNow ? { applicationBlockedByPin: true } : {}),
    },
  );
  return { data: new Uint8Array(0), statusWord: TRIES_LEFT | pinTriesLeft };
}

/** The transaction under way shows it in its results; before one, only that a limit was reached is remembered. */
function remember(
  session: CardSession,
  stage: Verifying,
  verification: Verification,
  changed: Partial<Record<VerificationResult, boolean>>,
): void {
  if (stage.name === 'selected') {
    session.stage = { ...stage, verification: { ...noVerification, limitReachedNow: verification.limitReachedNow } };
    return;
  }
  const results = withResults(stage.transaction.results, { offlinePinPerformed: true, ...changed });
  session.stage = { ...stage, verification, transaction: { ...stage.transaction, results } };
}
