import { cappMac, cappResponseMac, messageAuthenticationCode, toHex } from '../../../../emv/index.js';
import { TEST_PKI_SEED, tradeManagementKey } from '../../../../simulator/index.js';
import type { SecureAccessModule } from '../../../terminal/index.js';

type Reference = Pick<Parameters<SecureAccessModule['authorizationCode']>[0], 'shortFileIdentifier' | 'identifier'>;

/** The secure access module of a bench terminal: it knows the management keys of the test cards' records alone. */
export function softwareSecureAccessModule(seed = TEST_PKI_SEED): SecureAccessModule {
  const keyOf = ({ shortFileIdentifier, identifier }: Reference) =>
    tradeManagementKey({ seed }, shortFileIdentifier, toHex(identifier ?? new Uint8Array()));
  return {
    cappMac: ({ algorithm, header, data, applicationTransactionCounter: atc, ...reference }) =>
      cappMac({ algorithm, key: keyOf(reference), atc, header, data }),
    cappResponseMac: ({ algorithm, challenge, data, ...reference }) =>
      cappResponseMac({ algorithm, key: keyOf(reference), challenge, data }),
    authorizationCode: ({ data, ...reference }) =>
      messageAuthenticationCode({ algorithm: '3des', key: keyOf(reference), data }),
  };
}
