import { toHex } from '../../../emv/bytes.js';
import type { CardFile } from '../../card/index.js';

const KEY_LENGTH = 16;

/**
 * What somebody with a reader can make of a card: everything that it tells, and none of its secrets. The copy has no
 * private key, no PIN, and symmetric keys of its own, so that a terminal that wants dynamic authentication refuses it,
 * an issuer its cryptograms, and only static authentication believes it. `random` gives the keys.
 */
export function cloneCard(
  { privateKey: _, sm2PrivateKey: __, ...file }: CardFile,
  random: (length: number) => Uint8Array,
): CardFile {
  const key = () => toHex(random(KEY_LENGTH));
  const keys = () => ({ applicationCryptogram: key(), messageAuthentication: key(), encipherment: key() });
  const opened = <File extends { readonly openingKey: string }>(files: readonly File[]) =>
    files.map((one) => ({ ...one, openingKey: key() }));
  return {
    ...file,
    applications: file.applications.map(({ pin: ___, smTransaction, ...application }) => ({
      ...application,
      keys: keys(),
      cappFiles: opened(application.cappFiles),
      ...(smTransaction && {
        smTransaction: { ...smTransaction, keys: keys(), cappFiles: opened(smTransaction.cappFiles) },
      }),
    })),
    state: file.state.map(({ changedPin: ___, ...state }) => ({
      ...state,
      cappRecords: state.cappRecords.map((record) => ({ ...record, managementKey: key() })),
    })),
  };
}
