import { proceed, type Step } from '../transaction-outcome.js';
import { ask, type ContactExchange } from './contact-exchange.js';
import { verifyOfflinePin } from './offline-pin.js';
import type { TransactionState } from './transaction-state.js';
import type { VerificationAct } from './verification-method.js';

/** One way to verify the holder; `false`: it failed, and 95 says why where it has a bit for it. */
export function* performAct(act: VerificationAct, state: TransactionState): ContactExchange<Step<boolean>> {
  if (act === 'signature') {
    state.signatureRequired = true;
    return proceed(true);
  }
  if (act === 'certificate') return proceed(yield* compareCertificate(state));
  if (state.terminal.bypassHoldsForAllPins && state.verificationResults.has('pinNotEntered')) return proceed(false);
  return act === 'online-pin' ? proceed(yield* enterOnlinePin(state)) : yield* verifyOfflinePin(act, state);
}

/** JR/T 0025.6-2013 7.7.5.3: it may be entered even where the card has no tries left for the offline PIN. */
export function* enterOnlinePin(state: TransactionState): ContactExchange<boolean> {
  const { result } = yield* ask({ kind: 'enter-pin', purpose: 'online', previousWrong: false });
  if (result === 'entered') {
    state.verificationResults.set('onlinePinEntered');
    state.onlinePinEntered = true;
    return true;
  }
  state.verificationResults.set(result === 'bypassed' ? 'pinNotEntered' : 'pinPadMissing');
  return false;
}

/** The clerk compares paper and holder with what the card says (JR/T 0025.6-2013 7.7.5.8); a card that says nothing fails. */
function* compareCertificate({ card }: TransactionState): ContactExchange<boolean> {
  const [certificateType, certificateNumber] = [card.get('9F62'), card.get('9F61')];
  if (!certificateType?.length || !certificateNumber?.length) return false;
  const { agrees } = yield* ask({ kind: 'compare-certificate', certificateType, certificateNumber });
  return agrees;
}
