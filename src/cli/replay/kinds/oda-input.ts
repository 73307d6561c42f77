import { z } from 'zod';
import {
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  fromHex,
  KeyError,
  type KeyErrorCode,
  type OdaResult,
  type OfflineDataAuthenticationInput,
  toHex,
} from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { Difference } from '../vector.js';

/** Bytes that a vector writes in hex. */
export const hexField = z.string().transform((text) => fromHex(text));

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

/** What all `oda.*` vectors have in common; each kind adds its own. */
export const odaInputSchema = z.object({
  rid: z.string(),
  caKeys: z.array(caKeySchema),
  date: z.string(),
  data: z
    .record(z.string(), hexField)
    .transform((data) => new Map(Object.entries(data).map(([tag, value]) => [tag.toUpperCase(), value]))),
  staticData: hexField,
});

/**
 * Runs an authentication with the vector's CA keys and holds its result, bytes in hex, against what is expected. A
 * terminal does not take a key that cannot be one: it does without, and where no other serves, the code of the key's
 * `KeyError` is the reason.
 */
export function compareAuthentication<T extends { readonly caKeys: readonly CertificationAuthorityKey[] }>(
  input: T,
  expected: unknown,
  verify: (input: T & Pick<OfflineDataAuthenticationInput, 'caKeys'>) => OdaResult,
): Difference[] {
  const faults = input.caKeys.map(faultOf);
  const usable = input.caKeys.filter((_, index) => faults[index] === undefined);
  const result = verify({ ...input, caKeys: createCertificationAuthorityKeyStore(usable) });
  const fault = faults.find((code) => code !== undefined);
  if (fault !== undefined && !result.ok && result.reason === 'ca-key-missing') {
    return compare(expected, { ok: false, reason: fault });
  }
  return compare(expected, inHex(result));
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

const inHex = (result: OdaResult): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, value instanceof Uint8Array ? toHex(value) : value]),
  );
