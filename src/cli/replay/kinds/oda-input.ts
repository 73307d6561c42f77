import { z } from 'zod';
import {
  type CertificationAuthorityKey,
  type OdaResult,
  type OfflineDataAuthenticationInput,
  toHex,
} from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { Difference } from '../vector.js';
import { caKeySchema, usableKeys } from './ca-keys.js';
import { dataField, hexField } from './fields.js';

/** What all `oda.*` vectors have in common; each kind adds its own. */
export const odaInputSchema = z.object({
  rid: z.string(),
  caKeys: z.array(caKeySchema),
  date: z.string(),
  data: dataField,
  staticData: hexField,
});

/**
 * Runs an authentication with the vector's CA keys and holds its result, bytes in hex, against what is expected.
 * Where a key cannot be one and no other serves, the code of its `KeyError` is the reason.
 */
export function compareAuthentication<T extends { readonly caKeys: readonly CertificationAuthorityKey[] }>(
  input: T,
  expected: unknown,
  verify: (input: T & Pick<OfflineDataAuthenticationInput, 'caKeys'>) => OdaResult,
): Difference[] {
  const { store, fault } = usableKeys(input.caKeys);
  const result = verify({ ...input, caKeys: store });
  if (fault !== undefined && !result.ok && result.reason === 'ca-key-missing') {
    return compare(expected, { ok: false, reason: fault });
  }
  return compare(expected, inHex(result));
}

const inHex = (result: OdaResult): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, value instanceof Uint8Array ? toHex(value) : value]),
  );
