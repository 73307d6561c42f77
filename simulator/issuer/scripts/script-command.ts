import { concat, encodeNumeric, fromHex } from '../../../emv/bytes.js';
import { pinChangeData, scriptMac } from '../../../emv/cryptogram/index.js';
import { IssuerError } from '../issuer-error.js';
import type { TransactionKeys } from '../keys/transaction-keys.js';
import type { ScriptOrder } from './script-order.js';

const NO_DATA = new Uint8Array(0);
const RECORD_LENGTH_MAX = 255 - 4;

/** What the card will check a script against: the request's own counter and cryptogram. */
export interface ScriptContext {
  readonly keys: TransactionKeys;
  readonly atc: Uint8Array;
  readonly applicationCryptogram: Uint8Array;
}

interface Unprotected {
  readonly header: Uint8Array;
  readonly data: Uint8Array;
}

/**
 * The bytes of an issuer script command with its MAC (JR/T 0025.5-2013 annexes B and C). Throws `IssuerError` for an
 * order that no command can carry, `CryptogramError` for a PIN that is none.
 */
export function scriptCommand(order: ScriptOrder, context: ScriptContext): Uint8Array {
  const { header, data } = unprotectedCommand(order, context.keys);
  const mac = scriptMac({
    algorithm: context.keys.algorithm,
    key: context.keys.sessionKey('messageAuthentication'),
    header,
    atc: context.atc,
    applicationCryptogram: context.applicationCryptogram,
    data,
  });
  return concat(header, Uint8Array.of(data.length + mac.length), data, mac);
}

/** Commands that are a header and its MAC. */
const headers = {
  'block-application': '841E0000',
  'unblock-application': '84180000',
  'block-card': '84160000',
  'unblock-pin': '84240000',
} as const;

function unprotectedCommand(order: ScriptOrder, keys: TransactionKeys): Unprotected {
  switch (order.kind) {
    case 'change-pin':
      return changePin(order, keys);
    case 'put-data':
      return putData(order.tag, fromHex(order.value));
    case 'load-purse':
      return putData('9F79', encodeNumeric(order.balanceFen, 6));
    case 'update-record':
      return updateRecord(order);
    default:
      return { header: fromHex(headers[order.kind]), data: NO_DATA };
  }
}

function changePin(order: ScriptOrder & { kind: 'change-pin' }, keys: TransactionKeys): Unprotected {
  const { newPin, currentPin } = order;
  const data = pinChangeData({
    algorithm: keys.algorithm,
    cardKey: keys.cardEncipherment,
    sessionKey: keys.sessionKey('encipherment'),
    newPin,
    currentPin,
  });
  return { header: fromHex(currentPin === undefined ? '84240002' : '84240001'), data };
}

/** P1 and P2 are the tag: one of a single byte stands in P2. */
function putData(tag: string, data: Uint8Array): Unprotected {
  if (!/^([0-9A-Fa-f]{2}){1,2}$/.test(tag)) throw new IssuerError('order-invalid', tag);
  return { header: fromHex(`04DA${tag.padStart(4, '0')}`), data };
}

function updateRecord(order: ScriptOrder & { kind: 'update-record' }): Unprotected {
  const { shortFileIdentifier, recordNumber } = order;
  const record = fromHex(order.record);
  const isPossible = shortFileIdentifier >= 1 && shortFileIdentifier <= 30 && recordNumber >= 1 && recordNumber <= 255;
  if (!isPossible || record.length > RECORD_LENGTH_MAX) {
    throw new IssuerError('order-invalid', `record ${recordNumber} of file ${shortFileIdentifier}`);
  }
  return { header: Uint8Array.of(0x04, 0xdc, recordNumber, (shortFileIdentifier << 3) | 0x04), data: record };
}
