import { sm4 as otherSm4 } from 'sm-crypto-v2';
import { fromHex, toHex } from '../../../emv/index.js';
import {
  type AuthorizationRequest,
  type CardAccount,
  createIssuer,
  type IssuerKeySet,
  openAccount,
} from '../../../simulator/index.js';
import { forgeTripleDes, otherSm4Mac, slowRetailMac } from '../../emv/cryptogram/other-ciphers.js';

/** A card whose cryptograms are made here, with other implementations of the ciphers than the issuer's. */
export type Algorithm = '3des' | 'sm4';

export const PAN = '6228000100001117';
export const SEQUENCE = '01';
export const DATE = '2015-10-03';

const masterKeys = {
  applicationCryptogram: fromHex('0123456789ABCDEFFEDCBA9876543210'),
  messageAuthentication: fromHex('FEDCBA98765432100123456789ABCDEF'),
  encipherment: fromHex('89ABCDEF0123456776543210FEDCBA98'),
};
export type KeyName = keyof typeof masterKeys;

export const keySet = (algorithm: Algorithm, changes: Partial<IssuerKeySet> = {}): IssuerKeySet => ({
  issuerIdentifier: '62280001',
  algorithm,
  masterKeys,
  ...changes,
});

export const ZONE_PIN_KEY = fromHex('00112233445566778899AABBCCDDEEFF');

export const issuer = createIssuer({ keySets: [keySet('3des'), keySet('sm4')], zonePinKey: ZONE_PIN_KEY });

export const account = (changes: Partial<CardAccount> = {}): CardAccount =>
  openAccount({ pan: PAN, panSequenceNumber: SEQUENCE, availableFen: 100_000, ...changes });

export function encipher(algorithm: Algorithm, key: Uint8Array, blocks: Uint8Array): Uint8Array {
  if (algorithm === '3des') return forgeTripleDes(key, blocks);
  return Uint8Array.from(otherSm4.encrypt(blocks, key, { padding: 'none', output: 'array' }));
}

/** All bytes of the last block. */
export const authenticate = (algorithm: Algorithm, key: Uint8Array, data: Uint8Array): Uint8Array =>
  algorithm === '3des' ? slowRetailMac(key, data) : otherSm4Mac(key, data);

/** The card's own key: the right 16 digits of number and sequence, then their complement. */
export function cardKey(algorithm: Algorithm, name: KeyName): Uint8Array {
  const digits = fromHex(`${PAN}${SEQUENCE}`.slice(-16));
  return encipher(algorithm, masterKeys[name], Uint8Array.from([...digits, ...digits.map((byte) => byte ^ 0xff)]));
}

export function sessionKey(algorithm: Algorithm, name: KeyName, atc: string): Uint8Array {
  const inverted = toHex(fromHex(atc).map((byte) => byte ^ 0xff));
  const zeros = '000000000000';
  return encipher(algorithm, cardKey(algorithm, name), fromHex(zeros + atc + zeros + inverted));
}

export interface MadeRequest {
  readonly algorithm?: Algorithm;
  readonly atc?: string;
  /** The CVR's last three bytes. */
  readonly results?: string;
  readonly version?: '01' | '17' | '11';
  readonly balance?: string | null;
  /** Values in the message in the place of those that the card signed; `null` leaves one out. */
  readonly changes?: Readonly<Record<string, string | null>>;
  /** Terminal values that the card signs too. */
  readonly terminal?: Readonly<Record<string, string>>;
  readonly request?: Partial<AuthorizationRequest>;
}

const TERMINAL = {
  '9F02': '000000010000',
  '9F03': '000000000000',
  '9F1A': '0156',
  '95': '0000000000',
  '5F2A': '0156',
  '9A': '151003',
  '9C': '00',
  '9F37': '01020304',
};

/** In the order in which version 01 signs them. */
const SIGNED_BY_TERMINAL = ['9F02', '9F03', '9F1A', '95', '5F2A', '9A', '9C', '9F37'];

/** What a terminal sends for this card: 100 yuan unless said otherwise. */
export function makeRequest(made: MadeRequest = {}): AuthorizationRequest {
  const { algorithm = '3des', atc = '0001', results = 'A00000', version = '01', balance = '0000003000' } = made;
  const terminal: Record<string, string> = { ...TERMINAL, ...made.terminal };
  const algorithmByte = algorithm === '3des' ? '01' : '04';
  const fixed = `0701${version}03${results}${algorithmByte}`;
  const signed =
    version === '01'
      ? `${SIGNED_BY_TERMINAL.map((tag) => terminal[tag]).join('')}7C00${atc}03${results}`
      : terminal['9F02']! + terminal['9F37']! + atc + results.slice(0, 2);
  const cryptogram = authenticate(algorithm, sessionKey(algorithm, 'applicationCryptogram', atc), fromHex(signed));
  const values: Record<string, string | null> = {
    ...terminal,
    '5A': PAN,
    '5F34': SEQUENCE,
    '5F24': '251231',
    '82': '7C00',
    '9F36': atc,
    '9F26': toHex(cryptogram).slice(0, 16),
    '9F10': fixed + (balance === null ? '' : purseData(algorithm, atc, balance)),
    ...made.changes,
  };
  const data = Object.entries(values).flatMap(([tag, value]) =>
    value === null ? [] : [[tag, fromHex(value)] as const],
  );
  return { data: new Map(data), date: DATE, ...made.request };
}

/** Length, kind 01, the balance, its MAC. */
function purseData(algorithm: Algorithm, atc: string, balance: string): string {
  const key = sessionKey(algorithm, 'messageAuthentication', atc);
  const mac = toHex(authenticate(algorithm, key, fromHex(`${atc}${balance}00`))).slice(0, 8);
  return `0A01${balance}${mac}`;
}
