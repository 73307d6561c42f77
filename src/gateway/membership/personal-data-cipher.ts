import { createCipheriv, createDecipheriv } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const VERSION = 1;

/** Where a sealed value belongs. It is authenticated with the value: one moved to another row or column does not open. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Seals personal data for storage: base64 of version, nonce, ciphertext and tag. */
export interface PersonalDataCipher {
  seal(text: string, place: SealedPlace): string;
  /** Throws {@link PersonalDataError} where the value was sealed under another key, for another place, or was changed. */
  open(sealed: string, place: SealedPlace): string;
  /** Whether it was sealed under the key that seals what is new. */
  isCurrent(sealed: string, place: SealedPlace): boolean;
}

export class PersonalDataError extends Error {
  override readonly name = 'PersonalDataError';
  readonly code = 'personal-data-unreadable';
  readonly place: SealedPlace;

  constructor(place: SealedPlace) {
    super(`${place.table}.${place.column} cannot be read with this data encryption key`);
    this.place = place;
  }
}

function associatedData({ table, column, row }: SealedPlace): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([table, column, row]));
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. `key` has 32 bytes, `random` gives
 * bytes of the length asked. `formerKeys` open what was sealed before a rotation: which key it was, the tag tells.
 */
export function createPersonalDataCipher(
  key: Uint8Array,
  random: (length: number) => Uint8Array,
  formerKeys: readonly Uint8Array[] = [],
): PersonalDataCipher {
  if (key.length !== 32) throw new RangeError(`a data encryption key has 32 bytes, not ${key.length}`);
  const openUnder = (each: Uint8Array, bytes: Buffer, place: SealedPlace): string | undefined => {
    const nonce = bytes.subarray(1, 1 + NONCE_LENGTH);
    const decipher = createDecipheriv(ALGORITHM, each, nonce, { authTagLength: TAG_LENGTH });
    decipher.setAAD(associatedData(place)).setAuthTag(bytes.subarray(-TAG_LENGTH));
    try {
      const text = decipher.update(bytes.subarray(1 + NONCE_LENGTH, -TAG_LENGTH));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  };
  const bytesOf = (sealed: string, place: SealedPlace): Buffer => {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.length < 1 + NONCE_LENGTH + TAG_LENGTH || bytes[0] !== VERSION) throw new PersonalDataError(place);
    return bytes;
  };
  return {
    seal(text, place) {
      const nonce = random(NONCE_LENGTH);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(associatedData(place));
      const body = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([Uint8Array.of(VERSION), nonce, ...body, cipher.getAuthTag()]).toString('base64');
    },
    open(sealed, place) {
      const bytes = bytesOf(sealed, place);
      for (const each of [key, ...formerKeys.toReversed()]) {
        const text = openUnder(each, bytes, place);
        if (text !== undefined) return text;
      }
      throw new PersonalDataError(place);
    },
    isCurrent: (sealed, place) => openUnder(key, bytesOf(sealed, place), place) !== undefined,
  };
}
