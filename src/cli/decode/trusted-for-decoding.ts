import {
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  wellKnownKeys,
} from '../../../emv/index.js';
import { readKeyFiles } from '../keys/read-key-files.js';
import { keysOfTestCards } from '../trusted-keys.js';

/**
 * Every published key, live, test or of unknown use, and the software cards' own: certificates are opened to be looked
 * at, not trusted. Those of `file` come first.
 */
export async function trustedForDecoding(file: string | undefined): Promise<CertificationAuthorityKeyStore> {
  const { keys } = await readKeyFiles(file === undefined ? [] : [file]);
  return createCertificationAuthorityKeyStore([...keys, ...wellKnownKeys(), ...keysOfTestCards()]);
}
