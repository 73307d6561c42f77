import { getChallenge } from '../../apdu/index.js';
import { ordinaryMeans } from '../../authentication/means.js';
import { recoverIccKey } from '../../authentication/recover-icc-key.js';
import { encipherOfflinePin, offlinePinPaddingLength } from '../../cryptogram/index.js';
import type { RsaPublicKey } from '../../keys/index.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { authenticationInput } from './authenticate.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

const CHALLENGE_LENGTH = 8;

/** The certificate of a key for PINs stands where that of the card's own key would (EMV 4.3 Book 2 §7.1). */
const PIN_KEY_TAGS = [
  ['9F2D', '9F46'],
  ['9F2E', '9F47'],
  ['9F2F', '9F48'],
] as const;

/**
 * The PIN under the card's public key for PINs, or its own where it has none (EMV 4.3 Book 2 §7; not in PBOC).
 * `undefined` where the card has no such key or gives no challenge: the PIN cannot be verified.
 */
export function* encipherPin(pin: string, state: TransactionState): ContactExchange<Step<Uint8Array | undefined>> {
  const key = pinKey(state);
  if (key === undefined) return proceed(undefined);
  const answer = yield* transmit('get-challenge', getChallenge());
  if (!answer.ok) return answer;
  const { statusWord, data: unpredictableNumber } = answer.value;
  if (statusWord !== STATUS_OK || unpredictableNumber.length !== CHALLENGE_LENGTH) return proceed(undefined);
  const padding = (state.terminal.pinPadding ?? new Uint8Array(0)).subarray(0, offlinePinPaddingLength(key));
  return proceed(encipherOfflinePin({ key, pin, unpredictableNumber, padding }));
}

function pinKey(state: TransactionState): RsaPublicKey | undefined {
  const input = authenticationInput(state);
  const data = new Map(input.data);
  const hasPinKey = data.has('9F2D');
  if (hasPinKey) {
    for (const [from, to] of PIN_KEY_TAGS) {
      const value = data.get(from);
      if (value === undefined) data.delete(to);
      else data.set(to, value);
    }
    data.delete('9F4A');
  }
  const staticData = hasPinKey ? new Uint8Array(0) : input.staticData;
  const keys = recoverIccKey({ ...input, data, staticData }, ordinaryMeans);
  if (!keys.ok) return undefined;
  const { key } = keys.value.icc;
  return key.algorithm === 'sm2' ? undefined : key;
}
