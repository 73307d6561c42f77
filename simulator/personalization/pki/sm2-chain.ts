import { fromHex } from '../../../emv/bytes.js';
import { fromBigEndian } from '../../numbers/big-endian.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import { curve, type Sm2Key, sm2KeyOf } from '../../sm2/index.js';
import { type IssuerName, issuerIdentifierOf } from './issuers.js';
import { certifyIssuerSm2 } from './sm2-certificates.js';
import knownPoints from './sm2-points.json' with { type: 'json' };

/** No key of UnionPay, live or test, has this index; a terminal knows the algorithm by it. */
const KEY_INDEX = 'C6';
/** Enough bytes for the remainder to be spread evenly. */
const SEED_LENGTH = 48;

export interface Sm2TestIssuer {
  readonly key: Sm2Key;
  /** 90. */
  readonly certificate: Uint8Array;
  /** Of the certificate, 3 bytes. */
  readonly serialNumber: Uint8Array;
}

/** Test keys of SM2 beside those of RSA; made from the same seed, when they are first asked for. */
export interface Sm2TestChain {
  readonly keyIndex: string;
  readonly certificationAuthority: Sm2Key;
  issuer(name: IssuerName): Sm2TestIssuer;
}

/** Public keys of the default chain, so that nobody has to wait for them to be worked out. */
const known: Readonly<Record<string, string>> = knownPoints;

/** An SM2 key that follows from the seed alone. */
export function generateSm2Key(seed: string): Sm2Key {
  const number = fromBigEndian(new SeededStream(seed).next(SEED_LENGTH));
  const privateKey = (number % (curve.n - 2n)) + 1n;
  const point = known[seed];
  return point === undefined ? sm2KeyOf(privateKey) : { privateKey, point: fromHex(point) };
}

export function createSm2Chain(seed: string, expires: string): Sm2TestChain {
  let certificationAuthority: Sm2Key | undefined;
  const issuers = new Map<IssuerName, Sm2TestIssuer>();
  return {
    keyIndex: KEY_INDEX,
    get certificationAuthority() {
      certificationAuthority ??= generateSm2Key(`${seed}/ca/sm2`);
      return certificationAuthority;
    },
    issuer(name) {
      const known = issuers.get(name);
      if (known !== undefined) return known;
      const key = generateSm2Key(`${seed}/issuer/${name}/sm2`);
      const serialNumber = new SeededStream(`${seed}/issuer/${name}/sm2/serial-number`).next(3);
      const issuerIdentifier = issuerIdentifierOf(name);
      const input = { certificationAuthority: this.certificationAuthority, issuer: key, issuerIdentifier };
      const issuer = { key, serialNumber, certificate: certifyIssuerSm2({ ...input, expires, serialNumber }) };
      issuers.set(name, issuer);
      return issuer;
    },
  };
}
