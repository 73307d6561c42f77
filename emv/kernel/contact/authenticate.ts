import { internalAuthenticate } from '../../apdu/index.js';
import {
  type OdaFailure,
  type OdaRefusal,
  type OdaResult,
  type OfflineDataAuthenticationInput,
  odaRefusals,
  verifyDda,
  verifySda,
} from '../../authentication/index.js';
import { ordinaryMeans } from '../../authentication/means.js';
import { recoverIccKey } from '../../authentication/recover-icc-key.js';
import { fromHex, toHex } from '../../bytes.js';
import { buildDataObjectList, decodeDataObjectList } from '../../tlv/index.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { type AuthenticationMethod, chooseMethod } from './authentication-method.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

const RID_LENGTH = 5;
/** JR/T 0025.6-2013 7.5.5.2. */
const DEFAULT_DDOL = fromHex('9F3704');

/** Objects that the method cannot do without: their absence is "card data missing" too (EMV 4.3 Book 3 §7.5). */
const MISSING_DATA: ReadonlySet<OdaRefusal> = new Set([
  'ca-key-index-missing',
  'issuer-certificate-missing',
  'issuer-exponent-missing',
  'icc-certificate-missing',
  'icc-exponent-missing',
  'signed-static-data-missing',
]);

/**
 * SDA or DDA now, or the card's key for the CDA to come (JR/T 0025.6-2013 7.5). Gives the method that the transaction
 * goes on with: `none` where a CDA has already failed for its certificates, so that it is not asked for.
 */
export function* authenticate(state: TransactionState): ContactExchange<Step<AuthenticationMethod>> {
  const method = chooseMethod(state.profile, state.kind.capabilities);
  const { verificationResults, statusInformation } = state;
  if (method === 'none') {
    verificationResults.set('offlineDataAuthenticationNotPerformed');
  } else if (method === 'sda') {
    if (state.terminal.marksStaticDataAuthenticationSelected)
      verificationResults.set('staticDataAuthenticationSelected');
    const result = verifySda(authenticationInput(state));
    if (result.ok) state.own.set('9F45', result.dataAuthenticationCode!);
    else fail(result, 'staticDataAuthenticationFailed', state);
    state.authentication = result;
  } else if (method === 'dda') {
    const result = yield* authenticateDynamically(state);
    if (!result.ok) return result;
    if (result.value.ok) state.own.set('9F4C', result.value.iccDynamicNumber!);
    else fail(result.value, 'dynamicDataAuthenticationFailed', state);
    state.authentication = result.value;
  } else {
    const keys = recoverIccKey(authenticationInput(state), ordinaryMeans);
    if (keys.ok) return proceed('cda');
    fail(keys, 'combinedDataAuthenticationFailed', state);
    state.authentication = keys;
  }
  if (method !== 'none') statusInformation.set('offlineDataAuthentication');
  return proceed(method === 'cda' ? 'none' : method);
}

type FailureMark =
  | 'staticDataAuthenticationFailed'
  | 'dynamicDataAuthenticationFailed'
  | 'combinedDataAuthenticationFailed';

function fail({ reason }: OdaFailure, mark: FailureMark, { verificationResults }: TransactionState): void {
  verificationResults.set(mark);
  if (MISSING_DATA.has(reason)) verificationResults.set('cardDataMissing');
}

export const authenticationInput = (state: TransactionState): OfflineDataAuthenticationInput => ({
  rid: toHex(state.applicationIdentifier.subarray(0, RID_LENGTH)),
  caKeys: state.terminal.caKeys,
  date: state.terminal.date,
  data: state.card.withTerminalData(new Map()),
  staticData: state.staticData,
  ...(state.terminal.revoked && { revoked: state.terminal.revoked }),
});

/** INTERNAL AUTHENTICATE with what the DDOL asks for, which must be the unpredictable number at least (7.5.5.4 step 4). */
function* authenticateDynamically(state: TransactionState): ContactExchange<Step<OdaResult>> {
  const input = authenticationInput(state);
  const keys = recoverIccKey(input, ordinaryMeans);
  if (!keys.ok) return proceed(keys);
  const list = state.card.get('9F49') ?? state.terminal.defaultDynamicDataObjectList ?? DEFAULT_DDOL;
  if (!decodeDataObjectList(list).some(({ tag }) => tag === '9F37')) return proceed(withoutSignature);
  const terminalData = buildDataObjectList(list, state.data);
  const answer = yield* transmit('internal-authenticate', internalAuthenticate(terminalData));
  if (!answer.ok) return answer;
  const signature = answer.value.statusWord === STATUS_OK ? signatureIn(answer.value.data) : undefined;
  if (signature !== undefined) state.card.set('9F4B', signature);
  return proceed(verifyDda({ ...authenticationInput(state), terminalData }));
}

const withoutSignature: OdaFailure = {
  ok: false,
  reason: 'signed-dynamic-data-missing',
  step: odaRefusals['signed-dynamic-data-missing'].step,
};

/** Format 1 (80) is the signature itself, format 2 (77) has it as 9F4B (EMV 4.3 Book 3 §6.5.9.4). */
function signatureIn(data: Uint8Array): Uint8Array | undefined {
  const template = readTemplate(data, '77', '80');
  if (!template.ok) return undefined;
  const { tag, value, children = [] } = template.value;
  return tag === '80' ? value : children.find((child) => child.tag === '9F4B')?.value;
}
