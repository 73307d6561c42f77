import { createHash } from 'node:crypto';
import { concat, fromHex, toHex } from '../../../emv/bytes.js';
import { isSm2Sound } from '../../../emv/cryptogram/index.js';
import type { CertificationAuthorityKey } from '../../../emv/keys/index.js';
import { toBigEndian } from '../../numbers/big-endian.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import { type Certificate, certifyIssuer } from './certificates.js';
import { generateRsaKey, type RsaKey } from './generate-rsa-key.js';
import { type IssuerName, issuerIdentifierOf, issuerLabelOf } from './issuers.js';
import { createSm2Chain, type Sm2TestChain } from './sm2-chain.js';

/** UnionPay's registered application provider identifier. */
const RID = 'A000000333';
/** No key of UnionPay, live or test, has this index. */
const KEY_INDEX = 'C5';
/** Last month of the issuers' certificates, `YYYY-MM`. */
export const ISSUERS_EXPIRE = '2035-12';
const EXPIRES = '2035-12-31';
const EXPIRES_MMYY = '1235';

/** The seed of the chain that `yongtap` issues its test cards from, and trusts on the loopback interface only. */
export const TEST_PKI_SEED = 'yongtap';

export interface TestPkiOptions {
  /** Bits, a multiple of 16 from 1152 to 1984. */
  readonly certificationAuthorityBits?: number;
  /** Bits, a multiple of 16 from 1152 to 1968, and not more than the certification authority's. */
  readonly issuerBits?: number;
}

export interface TestIssuer {
  readonly name: string;
  /** The first eight digits of its PANs. */
  readonly issuerIdentifier: string;
  readonly key: RsaKey;
  readonly certificate: Certificate;
  /** Of the certificate, 3 bytes. */
  readonly serialNumber: Uint8Array;
  /** 16 bytes each; the keys of the cards are derived from them. */
  readonly masterKeys: {
    readonly applicationCryptogram: Uint8Array;
    readonly messageAuthentication: Uint8Array;
    readonly encipherment: Uint8Array;
  };
  /** The master key that opens files of this short identifier for trades (JR/T 0025.14-2013 8.1). */
  openingMasterKey(shortFileIdentifier: number): Uint8Array;
}

/** A chain of test keys. Everything in it follows from the seed; keys are made when they are first asked for. */
export interface TestPki {
  readonly seed: string;
  readonly rid: string;
  readonly keyIndex: string;
  readonly certificationAuthority: RsaKey;
  issuer(name: IssuerName): TestIssuer;
  /** The same issuers under SM2: for cards with the algorithms of JR/T 0025.17-2013. */
  readonly sm2: Sm2TestChain;
}

const chains = new Map<string, TestPki>();

/** Keys of the same seed are made once in a process. Throws a `RangeError` for lengths that no chain can have. */
export function createTestPki(seed: string = TEST_PKI_SEED, options: TestPkiOptions = {}): TestPki {
  const bits = [options.certificationAuthorityBits ?? 1984, options.issuerBits ?? 1408] as const;
  const [certificationAuthorityBits, issuerBits] = bits;
  if (
    certificationAuthorityBits > 1984 ||
    issuerBits > Math.min(1968, certificationAuthorityBits) ||
    issuerBits < 1152
  ) {
    throw new RangeError(`key lengths that no chain can have: ${bits.join(', ')} bits`);
  }
  const name = `${bits.join('/')}/${seed}`;
  const chain = chains.get(name) ?? new SeededPki(seed, ...bits);
  chains.set(name, chain);
  return chain;
}

/**
 * The keys that a terminal and a gateway have to know to trust the cards of these chains: RSA, and SM2 where this build
 * of Node can verify with it.
 */
export function testCaKeys(...chainsToTrust: readonly TestPki[]): CertificationAuthorityKey[] {
  const canVerifySm2 = isSm2Sound();
  return chainsToTrust.flatMap((pki) => [rsaAuthority(pki), ...(canVerifySm2 ? [sm2Authority(pki)] : [])]);
}

function rsaAuthority({ rid, keyIndex, certificationAuthority }: TestPki): CertificationAuthorityKey {
  const { modulus, length, publicExponent } = certificationAuthority;
  const key = toBigEndian(modulus, length);
  const exponent = fromHex(publicExponent === 3n ? '03' : '010001');
  const sha1 = createHash('sha1')
    .update(concat(fromHex(rid), fromHex(keyIndex), key, exponent))
    .digest();
  return {
    rid,
    index: keyIndex,
    algorithm: 'rsa',
    modulus: toHex(key),
    exponent: toHex(exponent),
    sha1: toHex(sha1),
    expires: EXPIRES,
  };
}

function sm2Authority({ rid, sm2 }: TestPki): CertificationAuthorityKey {
  const publicKey = toHex(sm2.certificationAuthority.point);
  return { rid, index: sm2.keyIndex, algorithm: 'sm2', publicKey, expires: EXPIRES };
}

class SeededPki implements TestPki {
  readonly rid = RID;
  readonly keyIndex = KEY_INDEX;
  readonly sm2: Sm2TestChain;
  #certificationAuthority: RsaKey | undefined;
  readonly #issuers = new Map<IssuerName, TestIssuer>();

  constructor(
    readonly seed: string,
    private readonly certificationAuthorityBits: number,
    private readonly issuerBits: number,
  ) {
    this.sm2 = createSm2Chain(seed, EXPIRES_MMYY);
  }

  get certificationAuthority(): RsaKey {
    this.#certificationAuthority ??= generateRsaKey(`${this.seed}/ca`, this.certificationAuthorityBits, 65537);
    return this.#certificationAuthority;
  }

  issuer(name: IssuerName): TestIssuer {
    const known = this.#issuers.get(name);
    if (known !== undefined) return known;
    const made = this.#makeIssuer(name);
    this.#issuers.set(name, made);
    return made;
  }

  #makeIssuer(name: IssuerName): TestIssuer {
    const issuerIdentifier = issuerIdentifierOf(name);
    const seed = `${this.seed}/issuer/${name}`;
    const key = generateRsaKey(`${seed}/rsa`, this.issuerBits, 3);
    const stream = new SeededStream(`${seed}/master-keys`);
    const serialNumber = stream.next(3);
    return {
      name: issuerLabelOf(name),
      issuerIdentifier,
      key,
      certificate: certifyIssuer({
        certificationAuthority: this.certificationAuthority,
        issuer: key,
        issuerIdentifier,
        expires: EXPIRES_MMYY,
        serialNumber,
      }),
      serialNumber,
      masterKeys: {
        applicationCryptogram: stream.next(16),
        messageAuthentication: stream.next(16),
        encipherment: stream.next(16),
      },
      openingMasterKey: (file) => new SeededStream(`${seed}/opening-key/${file}`).next(16),
    };
  }
}
