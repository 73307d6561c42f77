import { concat, fromHex, toHex } from '../../../emv/bytes.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import { type IssuerName, issuerNames } from './issuers.js';
import type { TestPki } from './test-pki.js';

/** The serial number of the certificate that an issuer once lost the key of, 3 bytes. */
export function revokedSerialNumber({ seed }: Pick<TestPki, 'seed'>, issuer: IssuerName): Uint8Array {
  return new SeededStream(`${seed}/issuer/${issuer}/revoked-serial-number`).next(3);
}

/**
 * What the certification authorities of these chains have revoked, as a terminal is told: RID ‖ key index ‖ serial
 * number, 9 bytes in upper-case hex each (EMV 4.3 Book 2 §5.3, step 10). RSA and SM2.
 */
export function testRevocations(...chains: readonly TestPki[]): string[] {
  return chains.flatMap((pki) =>
    issuerNames.flatMap((issuer) =>
      [pki.keyIndex, pki.sm2.keyIndex].map((index) =>
        toHex(concat(fromHex(pki.rid), fromHex(index), revokedSerialNumber(pki, issuer))),
      ),
    ),
  );
}
