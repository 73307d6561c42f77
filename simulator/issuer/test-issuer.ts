import { SeededStream } from '../numbers/seeded-stream.js';
import { issuerNames } from '../personalization/pki/issuers.js';
import type { TestPki } from '../personalization/pki/test-pki.js';
import { createIssuer, type Issuer } from './issuer.js';

const ALGORITHMS = ['3des', 'sm4'] as const;

/** The banks whose cards a test chain makes, as one host: with their master keys, and a key for online PINs. */
export const createTestIssuer = (pki: TestPki): Issuer =>
  createIssuer({
    keySets: issuerNames.flatMap((name) => {
      const { issuerIdentifier, masterKeys } = pki.issuer(name);
      return ALGORITHMS.map((algorithm) => ({ issuerIdentifier, algorithm, masterKeys }));
    }),
    zonePinKey: testZonePinKey(pki),
  });

/** 16 bytes, that terminals encipher online PINs with on their way to this host. */
export const testZonePinKey = ({ seed }: Pick<TestPki, 'seed'>): Uint8Array =>
  new SeededStream(`${seed}/zone-pin-key`).next(16);
