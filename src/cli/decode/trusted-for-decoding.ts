import {
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  isSm2Sound,
  wellKnownKeys,
} from '../../../emv/index.js';
import { createTestPki, testCaKeys, testSm2CaKeys } from '../../../simulator/index.js';
import { readKeyFiles } from '../keys/read-key-files.js';

/**
 * Every published key, live, test or of unknown use, and the software cards' own: certificates are opened to be looked
 * at, not trusted. Those of `file` come first.
 */
export async function trustedForDecoding(file: string | undefined): Promise<CertificationAuthorityKeyStore> {
  const { keys } = await readKeyFiles(file === undefined ? [] : [file]);
  const pki = createTestPki();
  const own = [...testCaKeys(pki), ...(isSm2Sound() ? testSm2CaKeys(pki) : [])];
  return createCertificationAuthorityKeyStore([...keys, ...wellKnownKeys(), ...own]);
}
