import { toHex } from '../../emv/bytes.js';
import { deriveCardKey, type SymmetricAlgorithm } from '../../emv/cryptogram/index.js';
import { type ApplicationState, type CappFile, CYCLIC_FILE, identifierOf } from '../card/index.js';
import type { TestIssuer, TestPki } from './pki/test-pki.js';
import { tradeManagementKey } from './pki/trade-key.js';
import type { ApplicationProfile } from './profile/profile-schema.js';

/** The files of the small-payment extension with their opening keys (JR/T 0025.14-2013 8.1, 9, annex B). */
export function cappFiles(
  issuer: TestIssuer,
  application: ApplicationProfile,
  algorithm: SymmetricAlgorithm,
): CappFile[] {
  const { pan, panSequenceNumber: psn, smallPayment } = application;
  return (smallPayment?.files ?? []).map(({ shortFileIdentifier, length, recordsMax }) => {
    const masterKey = issuer.openingMasterKey(shortFileIdentifier);
    const isCyclic = shortFileIdentifier === CYCLIC_FILE;
    return {
      shortFileIdentifier,
      kind: isCyclic ? 'cyclic' : 'variable',
      length,
      ...(isCyclic ? { records: recordsMax } : {}),
      openingKey: toHex(deriveCardKey({ method: 'option-a', algorithm, masterKey, pan, psn })),
    } as const;
  });
}

/** Records that trades have opened before the card is handed out. */
export function cappRecords(pki: TestPki, { smallPayment }: ApplicationProfile): ApplicationState['cappRecords'] {
  return (smallPayment?.files ?? []).flatMap(({ shortFileIdentifier, records }) =>
    records.map((bytes) => {
      const identifier = shortFileIdentifier === CYCLIC_FILE ? '' : identifierOf(bytes);
      const managementKey = toHex(tradeManagementKey(pki, shortFileIdentifier, identifier));
      return { shortFileIdentifier, managementKey, bytes };
    }),
  );
}
