import { z } from 'zod';
import {
  type CertificationAuthorityKey,
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  KeyError,
  type KeyErrorCode,
} from '../../../../emv/index.js';

export const caKeySchema = z.object({
  rid: z.string(),
  index: z.string(),
  algorithm: z.enum(['rsa', 'sm2']).exactOptional(),
  modulus: z.string().exactOptional(),
  exponent: z.string().exactOptional(),
  publicKey: z.string().exactOptional(),
  sha1: z.string().exactOptional(),
  expires: z.string().exactOptional(),
});

export interface UsableKeys {
  readonly store: CertificationAuthorityKeyStore;
  /** Of the first key that cannot be one. */
  readonly fault?: KeyErrorCode | undefined;
}

/** Lists of keys that vectors share, checked once in a run. */
const known = new Map<string, UsableKeys>();
const KNOWN_MAX = 256;

/** The keys that a terminal would take; it does without one that cannot be one, or whose checksum is wrong. */
export function usableKeys(keys: readonly CertificationAuthorityKey[]): UsableKeys {
  const name = JSON.stringify(keys);
  const found = known.get(name) ?? check(keys);
  if (known.size < KNOWN_MAX) known.set(name, found);
  return found;
}

function check(keys: readonly CertificationAuthorityKey[]): UsableKeys {
  const faults = keys.map(faultOf);
  return {
    store: createCertificationAuthorityKeyStore(keys.filter((_, index) => faults[index] === undefined)),
    fault: faults.find((code) => code !== undefined),
  };
}

function faultOf(key: CertificationAuthorityKey): KeyErrorCode | undefined {
  try {
    createCertificationAuthorityKeyStore([key]);
    return undefined;
  } catch (error) {
    if (error instanceof KeyError) return error.code;
    throw error;
  }
}
