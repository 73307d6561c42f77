import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { TapRecord } from '../../tap/index.js';
import { IntakeError } from './intake-error.js';
import { packRecord, unpackRecord } from './packed-record.js';
import { unpackText } from './packed-text.js';

const CIPHER = 'aes-256-gcm';
/** What is sealed begins with the hash of its content, in so many bytes. */
export const HASH_LENGTH = 32;
const TAG_LENGTH = 16;
const KEY_LENGTH = 32;

/** Each record has a key of its own, so that no nonce is ever used twice with one key. */
const NONCE = Buffer.alloc(12);

/** How a record's text is sealed: as `record`; before that with its hex packed, and long ago as it is. */
const textOfForm = {
  record: unpackRecord,
  packed: unpackText,
  '': (bytes: Buffer) => bytes.toString('utf8'),
} as const;
type Form = keyof typeof textOfForm;
const FORMS = Object.keys(textOfForm) as Form[];

/** Keeps records, which hold card numbers, under authenticated encryption (AES-256-GCM, NIST SP 800-38D). */
export interface RecordSeal {
  /**
   * Takes the record's canonical text, its SHA-256 and, where it is there already, its packed form. Gives hash,
   * authentication tag and ciphertext; the same for the same.
   */
  seal(name: string, text: string, hash: Uint8Array, packed?: Uint8Array): Uint8Array;
  /**
   * `names`: those that it may be sealed under. Throws IntakeError `record-unreadable` for another key, another tap or
   * changed bytes.
   */
  open(names: readonly string[], sealed: Uint8Array): TapRecord;
  /** The same under the key that seals what is new, and the first name; `undefined` where it is under that key. */
  reseal(names: readonly string[], sealed: Uint8Array): Uint8Array | undefined;
}

/**
 * `secret`: at least 16 bytes. `laterKeys`: those of rotations; the last seals, and all of them open, since the tag
 * tells which one it was.
 */
export function createRecordSeal(secret: Uint8Array, laterKeys: readonly Uint8Array[] = []): RecordSeal {
  const keys = [secret, ...laterKeys]
    .map((each) => new Uint8Array(hkdfSync('sha256', each, new Uint8Array(), 'yongtap tap record', KEY_LENGTH)))
    .reverse();
  const current = keys[0]!;
  // Each form has keys apart: no key and nonce ever seal two contents.
  const keyOf = (key: Uint8Array, name: string, hash: Uint8Array, form: Form) =>
    createHmac('sha256', key).update(hash).update(`${name}${form}`).digest();
  const seal = (name: string, text: string, hash: Uint8Array, packed: Uint8Array = packRecord(text)): Uint8Array => {
    const cipher = createCipheriv(CIPHER, keyOf(current, name, hash, 'record'), NONCE);
    const sealed = cipher.update(packed);
    // Nothing is left to come of a mode that takes each byte by itself.
    cipher.final();
    return Buffer.concat([hash, cipher.getAuthTag(), sealed]);
  };
  const openAs = (form: Form, key: Uint8Array, name: string, sealed: Uint8Array): string | undefined => {
    try {
      const decipher = createDecipheriv(CIPHER, keyOf(key, name, sealed.subarray(0, HASH_LENGTH), form), NONCE);
      decipher.setAuthTag(sealed.subarray(HASH_LENGTH, HASH_LENGTH + TAG_LENGTH));
      const bytes = Buffer.concat([decipher.update(sealed.subarray(HASH_LENGTH + TAG_LENGTH)), decipher.final()]);
      return textOfForm[form](bytes);
    } catch {
      return undefined;
    }
  };
  const openUnder = (key: Uint8Array, names: readonly string[], sealed: Uint8Array): string | undefined => {
    for (const name of names) {
      for (const form of FORMS) {
        const text = openAs(form, key, name, sealed);
        if (text !== undefined) return text;
      }
    }
    return undefined;
  };
  const textOf = (names: readonly string[], sealed: Uint8Array): string => {
    for (const key of keys) {
      const text = openUnder(key, names, sealed);
      if (text !== undefined) return text;
    }
    throw new IntakeError('record-unreadable', names.join(), 'the kept record does not open with this key');
  };
  return {
    seal,
    open: (names, sealed) => JSON.parse(textOf(names, sealed)) as TapRecord,
    reseal: (names, sealed) =>
      openUnder(current, names, sealed) === undefined
        ? seal(names[0]!, textOf(names, sealed), sealed.subarray(0, HASH_LENGTH))
        : undefined,
  };
}
