import type { CertificationAuthorityKeyStore } from '../../emv/keys/index.js';
import type { DataMap } from '../../emv/tlv/index.js';

const SM_INDICATOR = 'DF69';
const SM_SUPPORTED = Uint8Array.of(1);

const hasSmKey = (caKeys: CertificationAuthorityKeyStore): boolean =>
  caKeys.all().some(({ algorithm }) => algorithm === 'sm2');

/** With DF69 `01` where the terminal has a key to verify SM2 with (JR/T 0025.17-2013 10.2); without one the card gets zeros. */
export function withSmSupport(data: DataMap, caKeys: CertificationAuthorityKeyStore): DataMap {
  return hasSmKey(caKeys) ? new Map(data).set(SM_INDICATOR, SM_SUPPORTED) : data;
}

/** The same in the map itself. */
export function addSmSupport(data: Map<string, Uint8Array>, caKeys: CertificationAuthorityKeyStore): void {
  if (hasSmKey(caKeys)) data.set(SM_INDICATOR, SM_SUPPORTED);
}
