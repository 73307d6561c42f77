import { isSm2Sound } from '../../../emv/index.js';
import type { Check } from './check.js';

/** OpenSSL can be built without SM2, and then verifies nothing or, worse, something else. */
export function checkChineseCryptography(): Check {
  const name = 'SM2, SM3, SM4';
  const openssl = `OpenSSL ${process.versions.openssl}`;
  if (isSm2Sound()) return { name, ok: true, detail: `${openssl} verifies the standard's example` };
  const detail = `${openssl} does not verify the standard's example; cards signed by SM2 are refused`;
  return { name, ok: false, detail, mend: 'nvm install 22' };
}
