import { createHash } from 'node:crypto';
import {
  type CdaInput,
  type CertificationAuthorityKey,
  concat,
  createCertificationAuthorityKeyStore,
  fromHex,
  toHex,
} from '../../../emv/index.js';
import { encipher, makePair, type Pair } from './rsa-pair.js';

/** As long as the keys of small real cards. */
export const pairs = { ca: makePair(1152), issuer: makePair(1024), icc: makePair(896), pin: makePair(896) };

/** Wrong values for the parts of one signature; all but `hash` leave it a signature whose hash fits. */
export interface Faults {
  readonly header?: number;
  readonly format?: number;
  readonly trailer?: number;
  /** Offset in the body (the format byte is 0) and the bytes to be put there. */
  readonly put?: readonly [offset: number, bytes: string];
  readonly hash?: boolean;
}

function sign(signer: Pair, body: Uint8Array, hashed: Uint8Array, faults: Faults = {}): Uint8Array {
  const length = signer.modulus.length;
  const padded = new Uint8Array(length - 22).fill(0xbb);
  padded.set(body);
  if (faults.format !== undefined) padded[0] = faults.format;
  if (faults.put !== undefined) padded.set(fromHex(faults.put[1]), faults.put[0]);
  const hash = createHash('sha1').update(padded).update(hashed).digest();
  if (faults.hash) hash[0]! ^= 1;
  const block = concat(Uint8Array.of(faults.header ?? 0x6a), padded, hash, Uint8Array.of(faults.trailer ?? 0xbc));
  return encipher(signer, block);
}

export interface MintOptions {
  readonly issuer?: Faults;
  readonly icc?: Faults;
  readonly staticSignature?: Faults;
  readonly dynamicSignature?: Faults;
  /** Dynamic data of 9F4B in hex, length byte of the dynamic number first. */
  readonly dynamicData?: string;
  readonly terminalData?: string;
  /** Application interchange profile in hex, signed with the static data. */
  readonly profile?: string;
  /** Card data put in or, with `undefined`, taken away after signing. */
  readonly data?: Readonly<Record<string, string | undefined>>;
  readonly caKey?: Partial<CertificationAuthorityKey>;
}

const PAN = '6228000100001117';
const staticData = fromHex(`5A08${PAN}5F24033012315F2503950701`);
const cda = { pdolData: 'A1', cdolData: 'B2', responseData: '9F270180', cid: '80', ac: '1122334455667788' };
const cdaHash = createHash('sha1')
  .update(fromHex(cda.pdolData + cda.cdolData + cda.responseData))
  .digest('hex');

/** The dynamic data of a card in CDA: number, cryptogram type, cryptogram, hash. */
export const cdaDynamicData = ({ number = '020001', cid = cda.cid, ac = cda.ac, hash = cdaHash } = {}) =>
  number + cid + ac + hash;

function certificate(signer: Pair, owner: Pair, head: string, hashedWithIt: Uint8Array, faults?: Faults) {
  const space = signer.modulus.length - 22 - head.length / 2 - 4;
  const inside = owner.modulus.subarray(0, space);
  const remainder = owner.modulus.subarray(space);
  const body = concat(fromHex(`${head}0101`), Uint8Array.of(owner.modulus.length, 1), inside);
  return { signed: sign(signer, body, concat(remainder, owner.exponent, hashedWithIt), faults), remainder };
}

/** The certificate of a key for PINs, which no static data are signed with (EMV 4.3 Book 2 §7.1). */
export function mintPinKey(faults?: Faults): Readonly<Record<'9F2D' | '9F2E' | '9F2F', string>> {
  const { signed, remainder } = certificate(
    pairs.issuer,
    pairs.pin,
    `04${PAN}FFFF1230000003`,
    new Uint8Array(0),
    faults,
  );
  return { '9F2D': toHex(signed), '9F2E': toHex(pairs.pin.exponent), '9F2F': toHex(remainder) };
}

/** A card that every verification takes, but for the faults asked for; the input fits all four of them. */
export function mintCard(options: MintOptions = {}): CdaInput & { terminalData: Uint8Array; staticData: Uint8Array } {
  const profile = fromHex(options.profile ?? '7C00');
  const signedStatic = concat(staticData, profile);
  const issuer = certificate(
    pairs.ca,
    pairs.issuer,
    '0262280001' + '1230' + '000001',
    new Uint8Array(0),
    options.issuer,
  );
  const icc = certificate(pairs.issuer, pairs.icc, `04${PAN}FFFF1230000002`, signedStatic, options.icc);
  const terminalData = fromHex(options.terminalData ?? '12345678');
  const dynamicData = fromHex(options.dynamicData ?? cdaDynamicData());
  const dynamicBody = concat(fromHex('0501'), Uint8Array.of(dynamicData.length), dynamicData);
  const data = new Map<string, Uint8Array>(
    Object.entries({
      '5A': fromHex(PAN),
      '82': profile,
      '8F': fromHex('C1'),
      '90': issuer.signed,
      '92': issuer.remainder,
      '93': sign(pairs.issuer, fromHex('0301DAC1'), signedStatic, options.staticSignature),
      '9F32': pairs.issuer.exponent,
      '9F46': icc.signed,
      '9F47': pairs.icc.exponent,
      '9F48': icc.remainder,
      '9F4A': fromHex('82'),
      '9F4B': sign(pairs.icc, dynamicBody, terminalData, options.dynamicSignature),
    }),
  );
  for (const [tag, value] of Object.entries(options.data ?? {})) {
    if (value === undefined) data.delete(tag);
    else data.set(tag, fromHex(value));
  }
  const caKey = {
    rid: 'A000000333',
    index: 'C1',
    modulus: toHex(pairs.ca.modulus),
    exponent: '03',
    ...options.caKey,
  };
  return {
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore([caKey]),
    date: '2016-01-04',
    data,
    staticData,
    terminalData,
    unpredictableNumber: terminalData,
    pdolData: fromHex(cda.pdolData),
    cdolData: fromHex(cda.cdolData),
    responseData: fromHex(cda.responseData),
    cryptogramInformationData: fromHex(cda.cid),
    applicationCryptogram: fromHex(cda.ac),
  };
}
