import { verify } from '../../apdu/index.js';
import { plaintextOfflinePin } from '../../cryptogram/index.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { ask, type ContactExchange, transmit } from './contact-exchange.js';
import { encipherPin } from './enciphered-pin.js';
import { readCounter } from './read-object.js';
import type { TransactionState } from './transaction-state.js';

const STATUS_WRONG = 0x63c0;
/** The limit fell in this transaction, or in one before (JR/T 0025.5-2013 11.3). */
const STATUS_BLOCKED: ReadonlySet<number> = new Set([0x6983, 0x6984]);

/**
 * Asks for the PIN and lets the card check it, until it is right, given up, or the card has none left
 * (JR/T 0025.6-2013 7.7.5.2, figures 14 and 15). An answer to VERIFY that is none of the known ones ends the
 * transaction.
 */
export function* verifyOfflinePin(
  form: 'plaintext-pin' | 'enciphered-pin',
  state: TransactionState,
): ContactExchange<Step<boolean>> {
  const { verificationResults } = state;
  let triesLeft: number | undefined;
  if (state.terminal.readsPinTryCounter ?? true) {
    const counter = yield* readCounter('9F17');
    if (!counter.ok) return counter;
    triesLeft = counter.value;
  }
  for (let previousWrong = false; triesLeft !== 0; previousWrong = true) {
    const entry = yield* ask({ kind: 'enter-pin', purpose: 'offline', triesLeft, previousWrong });
    if (entry.result !== 'entered') {
      verificationResults.set(entry.result === 'bypassed' ? 'pinNotEntered' : 'pinPadMissing');
      return proceed(false);
    }
    const data = yield* dataOf(entry.pin ?? '', form, state);
    if (!data.ok) return data;
    if (data.value === undefined) return proceed(false);
    const answer = yield* transmit('verify', verify(form === 'plaintext-pin' ? 0x80 : 0x88, data.value));
    if (!answer.ok) return answer;
    const { statusWord } = answer.value;
    if (statusWord === STATUS_OK) return proceed(true);
    const isWrong = (statusWord & 0xfff0) === STATUS_WRONG;
    if (!isWrong && !STATUS_BLOCKED.has(statusWord)) return terminate('verify-refused', { statusWord });
    triesLeft = isWrong ? statusWord & 0x0f : 0;
  }
  verificationResults.set('pinTriesExceeded');
  return proceed(false);
}

function* dataOf(
  pin: string,
  form: 'plaintext-pin' | 'enciphered-pin',
  state: TransactionState,
): ContactExchange<Step<Uint8Array | undefined>> {
  return form === 'plaintext-pin' ? proceed(plaintextOfflinePin(pin)) : yield* encipherPin(pin, state);
}
