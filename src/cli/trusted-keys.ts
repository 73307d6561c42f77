import {
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  wellKnownKeys,
} from '../../emv/index.js';
import { createTestPki, testCaKeys } from '../../simulator/index.js';

/** UnionPay's published live keys; with `testCards` the test certification authority of the software cards as well. */
export function trustedKeys({ testCards }: { readonly testCards: boolean }): CertificationAuthorityKeyStore {
  return createCertificationAuthorityKeyStore([
    ...wellKnownKeys({ use: 'live' }),
    ...(testCards ? testCaKeys(createTestPki()) : []),
  ]);
}
