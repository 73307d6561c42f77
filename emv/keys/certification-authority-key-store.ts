import { equalBytes, toHex, tryFromHex } from '../bytes.js';
import { createSm2PublicKey, type Sm2PublicKey, sm3 } from '../cryptogram/index.js';
import type { CertificationAuthorityKey } from './certification-authority-key.js';
import { checksum } from './checksum.js';
import { KeyError, type KeyErrorCode } from './key-error.js';
import { createRsaPublicKey, isPossibleModulus, type RsaPublicKey } from './rsa-public-key.js';

/** A key of the store: what was handed over in upper-case hex, and the key ready for use. */
export interface TrustedKey extends CertificationAuthorityKey {
  readonly prepared: RsaPublicKey | Sm2PublicKey;
}

export interface CertificationAuthorityKeyStore {
  /** All keys of that RID and index (hex); several where an index was given away more than once. */
  find(rid: string, index: string): readonly TrustedKey[];
  /** Every key, in the order in which they were handed over. */
  all(): readonly TrustedKey[];
}

/**
 * A store of keys that a terminal or a gateway trusts. Every key is checked: its fields, and its checksum where it
 * came with one (EMV 4.3 Book 2 §11.2.2; of an SM2 key the SM3 over RID, index and point, as parameter downloads have it). Throws {@link KeyError} for the first that fails.
 */
export function createCertificationAuthorityKeyStore(
  keys: Iterable<CertificationAuthorityKey>,
): CertificationAuthorityKeyStore {
  const trusted: TrustedKey[] = [];
  const byName = new Map<string, TrustedKey[]>();
  for (const key of keys) {
    const checked = trust(key);
    trusted.push(checked);
    const name = nameOf(checked.rid, checked.index);
    const namesakes = byName.get(name);
    if (namesakes === undefined) byName.set(name, [checked]);
    else namesakes.push(checked);
  }
  return {
    find: (rid, index) => byName.get(nameOf(rid, index)) ?? [],
    all: () => trusted,
  };
}

/** A card's own RID and index may have any length: no digit may move from one to the other. */
const nameOf = (rid: string, index: string): string => `${rid} ${index}`.toUpperCase();

/** Whether a key is past its last day; `date` is YYYY-MM-DD. A date in another form is past every last day. */
export function isExpiredKey(key: CertificationAuthorityKey, date: string): boolean {
  return key.expires !== undefined && (!isDate(date) || date > key.expires);
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

type HexField = 'rid' | 'index' | 'modulus' | 'exponent' | 'sha1' | 'sm3' | 'publicKey';

const refuse = (key: CertificationAuthorityKey, code: KeyErrorCode, field: string) =>
  new KeyError(code, field, key.rid, key.index);

function trust(key: CertificationAuthorityKey): TrustedKey {
  if (key.expires !== undefined && !isDate(key.expires)) throw refuse(key, 'key-expiry-invalid', 'expires');
  const rid = bytesOf(key, 'rid', 5);
  const index = bytesOf(key, 'index', 1);
  const named = { ...key, rid: toHex(rid), index: toHex(index) };
  return key.algorithm === 'sm2' ? trustSm2(named, rid, index) : trustRsa(named, rid, index);
}

function trustRsa(key: CertificationAuthorityKey, rid: Uint8Array, index: Uint8Array): TrustedKey {
  const modulus = bytesOf(key, 'modulus');
  const exponent = bytesOf(key, 'exponent');
  if (!isPossibleModulus(modulus)) throw refuse(key, 'key-modulus-invalid', 'modulus');
  const prepared = createRsaPublicKey(modulus, exponent);
  if (prepared === undefined) throw refuse(key, 'key-exponent-invalid', 'exponent');
  const check = checksum(rid, index, modulus, exponent);
  if (key.sha1 !== undefined && !equalBytes(bytesOf(key, 'sha1', 20), check)) {
    throw refuse(key, 'key-checksum-wrong', 'sha1');
  }
  const hex = { modulus: toHex(modulus), exponent: toHex(exponent), sha1: toHex(check) };
  return { ...key, algorithm: 'rsa', ...hex, prepared };
}

function trustSm2(key: CertificationAuthorityKey, rid: Uint8Array, index: Uint8Array): TrustedKey {
  const point = bytesOf(key, 'publicKey', 64);
  const prepared = createSm2PublicKey(point);
  if (prepared === undefined) throw refuse(key, 'key-point-invalid', 'publicKey');
  const check = sm3(rid, index, point);
  if (key.sm3 !== undefined && !equalBytes(bytesOf(key, 'sm3', 32), check)) {
    throw refuse(key, 'key-checksum-wrong', 'sm3');
  }
  return { ...key, algorithm: 'sm2', publicKey: toHex(point), sm3: toHex(check), prepared };
}

function bytesOf(key: CertificationAuthorityKey, field: HexField, length?: number): Uint8Array {
  const text = key[field];
  if (text === undefined) throw refuse(key, 'key-field-missing', field);
  const bytes = tryFromHex(text);
  if (bytes === undefined) throw refuse(key, 'key-field-not-hex', field);
  if (length !== undefined && bytes.length !== length) throw refuse(key, 'key-field-length', field);
  return bytes;
}
