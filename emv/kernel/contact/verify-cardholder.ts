import {
  type CardholderVerificationList,
  readCardholderVerificationList,
} from '../../values/cardholder-verification-list.js';
import { proceed, type Step } from '../transaction-outcome.js';
import type { ContactExchange } from './contact-exchange.js';
import { performAct } from './perform-verification.js';
import type { TransactionState } from './transaction-state.js';
import { isConditionSatisfied } from './verification-condition.js';
import { isSupported, needsPin, type VerificationMethod, verificationMethod } from './verification-method.js';

/** Third byte of 9F34 (EMV 4.3 Book 4 Annex A4). */
const RESULT = { unknown: 0x00, failed: 0x01, successful: 0x02 } as const;
/** First byte of 9F34: no method was performed. */
const NONE = 0x3f;
const ONLINE_PIN = 0x02;

/**
 * Cardholder verification: the card's list, rule by rule, until one succeeds or one says that failing it is the end
 * (JR/T 0025.6-2013 7.7.5, figure 13). Leaves 9F34 and the bits of 95 and 9B. An ATM takes the online PIN whatever the
 * list says (7.7.1).
 */
export function* verifyCardholder(state: TransactionState): ContactExchange<Step<undefined>> {
  const { card, own, kind, statusInformation, verificationResults } = state;
  own.set('9F34', Uint8Array.of(NONE, 0, RESULT.unknown));
  if (kind.isAtm) return yield* takeOnlinePin(state);
  if (!state.profile.cardholderVerification) return proceed(undefined);
  const list = readCardholderVerificationList(card.get('8E'));
  if (list === undefined) {
    verificationResults.set('cardDataMissing');
    return proceed(undefined);
  }
  const verified = yield* followList(list, state);
  if (!verified.ok) return verified;
  own.set('9F34', verified.value.results);
  if (!verified.value.successful) verificationResults.set('cardholderVerificationFailed');
  statusInformation.set('cardholderVerification');
  return proceed(undefined);
}

interface Verified {
  readonly successful: boolean;
  /** 9F34. */
  readonly results: Uint8Array;
}

function* takeOnlinePin(state: TransactionState): ContactExchange<Step<undefined>> {
  const done = yield* performAct('online-pin', state);
  if (!done.ok) return done;
  state.own.set('9F34', Uint8Array.of(ONLINE_PIN, 0, done.value ? RESULT.unknown : RESULT.failed));
  if (!done.value) state.verificationResults.set('cardholderVerificationFailed');
  state.statusInformation.set('cardholderVerification');
  return proceed(undefined);
}

function* followList(list: CardholderVerificationList, state: TransactionState): ContactExchange<Step<Verified>> {
  let results = Uint8Array.of(NONE, 0, RESULT.failed);
  for (const rule of list.rules) {
    const method = verificationMethod(rule.method, state.terminal.encipheredPin ?? false);
    const supported = method !== undefined && isSupported(method, state.kind.capabilities);
    if (!isConditionSatisfied(rule.condition, factsOf(list, supported, state))) continue;
    const performed = yield* performMethod(method, supported, state);
    if (!performed.ok) return performed;
    if (performed.value !== undefined) results = Uint8Array.of(rule.code, rule.condition, performed.value);
    if (performed.value === RESULT.successful || performed.value === RESULT.unknown) {
      return proceed({ successful: true, results });
    }
    if (!rule.elseNext) break;
  }
  return proceed({ successful: false, results });
}

/** The result byte; `undefined` where the method could not be performed at all. */
function* performMethod(
  method: VerificationMethod | undefined,
  supported: boolean,
  state: TransactionState,
): ContactExchange<Step<number | undefined>> {
  const { verificationResults } = state;
  if (method === undefined) {
    verificationResults.set('unknownVerificationMethod');
    return proceed(undefined);
  }
  if (method.alwaysFails) return proceed(RESULT.failed);
  if (!supported) {
    if (needsPin(method)) verificationResults.set('pinPadMissing');
    return proceed(undefined);
  }
  for (const act of method.acts) {
    const done = yield* performAct(act, state);
    if (!done.ok) return done;
    if (!done.value) return proceed(RESULT.failed);
  }
  const isLeftOpen = method.acts.some((act) => act === 'signature' || act === 'online-pin');
  return proceed(isLeftOpen ? RESULT.unknown : RESULT.successful);
}

const factsOf = (list: CardholderVerificationList, terminalSupportsMethod: boolean, state: TransactionState) => ({
  isAttended: state.kind.isAttended,
  transaction: state.kind.transaction,
  amount: state.amount,
  amountX: list.amountX,
  amountY: list.amountY,
  transactionCurrency: state.terminal.data.get('5F2A'),
  applicationCurrency: state.card.get('9F42'),
  terminalSupportsMethod,
});
